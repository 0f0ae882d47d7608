#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/end_reason.h"
#include "core/base/fingerprint.h"
#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/input/source.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/sent_index.h"
#include "core/mapping/rows/mapper.h"
#include "host/connectors/connector.h"
#include "host/engine/stop.h"
#include "host/transport/auth.h"
#include "host/transport/egress.h"
#include "host/transport/http.h"

namespace switchboard::engine {

class VendorLine;

/// Merge: the first one, filled from the others by the mapper (Mapper::merge); to the engine the same as First.
enum class Duplicates { First, Last, Keep, Merge };

/// The user's choices that shape a run; all of them are in JobInfo::options_json too, for resume.
struct RunOptions {
  std::optional<std::uint64_t> limit;       ///< rows
  Duplicates duplicates = Duplicates::First;
  bool only_new = false;
  std::optional<std::uint64_t> concurrency; ///< never above the manifest's in_flight
  std::optional<std::uint64_t> batch_size;  ///< never above the manifest's records_per_request
  bool same_fields = false;                 ///< limits.same_fields of the manifest holds: see there
  std::optional<std::uint64_t> max_errors;
  bool resumes = false;                     ///< the job was begun by an earlier run
  bool ask_unknown = false;                 ///< resume: rows of unknown fate are asked for (the vendor can be asked)
  bool resend_unknown = false;              ///< resume: those that nobody can say anything about are sent again
  /// A check before the run was answered with a refusal, or not at all: nothing is sent, every row is accounted for (good
  /// ones as failed), and the job ends for this reason, to be resumed.
  std::optional<Stop> stop_first;
  bool send = true;                         ///< false: everything but sending (check); rows to send stay pending
  /// Called in row order, on the planner's thread, for each contact that is to be sent; nullptr: nobody wants to know.
  std::function<void(const mapping::Contact&)> on_contact;
  /// True for a row on a suppression list; nullptr: none. [any thread]
  std::function<bool(const mapping::Contact&)> suppressed;
};

/// Retry policy; the numbers stand in docs/decisions.md.
struct RetryPolicy {
  std::uint32_t max_attempts = 6;
  std::int64_t base_ms = 500, cap_ms = 60'000;
  std::int64_t max_total_ms = 15 * 60'000;   ///< of one chain step, and the longest THROTTLE that is waited out
};

/// What a run works with. Everything is borrowed and must outlive the engine.
struct Parts {
  const connectors::Connector* connector = nullptr;
  const connectors::Session* session = nullptr;
  const input::Source* source = nullptr;
  const mapping::Mapper* mapper = nullptr;
  ledger::JobJournal* journal = nullptr;  ///< of this job alone
  ledger::SentIndex* sent = nullptr;
  transport::HttpClient* http = nullptr;
  transport::Authenticator* auth = nullptr;
  const transport::Egress* egress = nullptr;
  VendorLine* line = nullptr;    ///< shared by the jobs of one command at this vendor; of Engine only
  Clock* clock = nullptr;
  std::function<double()> dice;  ///< uniform in [0, 1); thread-safe
};

/// A moment of a run, for the progress display.
struct Progress {
  std::uint64_t rows_total = 0;   ///< rows that --limit lets through
  OutcomeCounts rows;             ///< Pending = not decided yet
  std::uint64_t requests = 0, retried = 0;
  std::string waiting_for;        ///< "truedy: rate limit (429)"; empty: not waiting
  std::int64_t waiting_until_ms = 0;
};

struct RunResult {
  EndReason reason = EndReason::Done;
  std::string message;  ///< why it stopped; empty: it did not

  int exit_code() const { return exit_code_of(reason); }
  JobState state() const { return state_of(reason); }
};

/// Runs one job to its end: plans batches from the source, sends them through the connector, writes everything
/// to the ledger. The same call serves a new job and a resumed one: what the ledger already holds is not done again.
class Engine {
 public:
  Engine(const Parts& parts, const RunOptions& options, const RetryPolicy& policy = {});
  ~Engine();

  /// Blocks until the job is finished, stopped or interrupted. `job` must be in the ledger; its state, counters and
  /// exit code are updated there and in the argument. Errors only for trouble of our own (ledger unwritable).
  /// Once per engine. The caller holds the job's lock (JobStore::lock).
  Result<RunResult> run(ledger::JobInfo& job);

  /// First call drains: no new request, those that are out are waited for. Second call stops at once (requests that
  /// are out are in doubt). Async-signal-unsafe: call from a thread. `reason`: Interrupted or Terminated.
  void interrupt(EndReason reason);

  /// [any thread]
  Progress progress() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

/// Called before a wait: why, and until when.
using OnWait = std::function<void(const std::string& why, std::int64_t until_ms)>;

/// Sends one PROBE or DISCOVER chain (no rows) and returns what it found. Errors are of the kind of the reason
/// (Credential, Unavailable, Usage). An interrupted clock ends it as Unavailable.
Result<std::vector<connectors::Item>> converse(const Parts& parts, std::uint32_t op, const OnWait& on_wait = {},
                                               const RetryPolicy& policy = {});

/// The requests that the first `count` batches would send, credentials left out; nothing is sent (for `preview`).
Result<std::vector<transport::HttpRequest>> preview(const Parts& parts, const RunOptions& options, std::size_t count);

}  // namespace switchboard::engine
