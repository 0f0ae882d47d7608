#pragma once

#include <memory>
#include <string>

#include "core/base/end_reason.h"
#include "core/base/result.h"
#include "core/ledger/job_journal.h"
#include "host/engine/chain/retry.h"
#include "host/engine/job/options.h"
#include "host/engine/job/parts.h"
#include "host/engine/job/progress.h"
#include "host/engine/vendor/vendor_line.h"

namespace switchboard::engine {

struct RunResult {
  EndReason reason = EndReason::Done;
  std::string message;  ///< why it stopped; empty: it did not
  std::string remark;   ///< what else people should know of the run; empty: nothing

  int exit_code() const { return exit_code_of(reason); }
  JobState state() const { return state_of(reason); }
};

/// Runs one job to its end: plans batches from the source, sends them through the connector, writes everything
/// to the ledger. The same call serves a new job and a resumed one: what the ledger already holds is not done again.
class Engine {
 public:
  /// `line`: shared by the jobs of one command at this vendor; borrowed, like the parts.
  Engine(const Parts& parts, VendorLine& line, const RunOptions& options, const RetryPolicy& policy = {});
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

}  // namespace switchboard::engine
