#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/job_state.h"
#include "core/base/outcome.h"
#include "core/base/result.h"

namespace switchboard::ledger {

using switchboard::JobState;

/// One import of one source to one profile. Holds no secret.
struct JobInfo {
  std::string id;  ///< [a-z0-9-], made by make_job_id()
  std::string connector_id, connector_version;
  std::string account;  ///< what --only-new, pacing and repeated imports mean by "the same account"
  std::string profile;
  std::string source_name, source_path, source_sha256;
  bool source_spooled = false;  ///< source_path is our copy of standard input; forget() deletes it
  std::uint64_t source_bytes = 0;
  std::string source_json;      ///< the report's "source" object
  std::string mapping_json;     ///< the report's "mapping" array
  std::string mapping_hash;     ///< SHA-256 of Mapping::canonical_text()
  std::string options_json;     ///< every option that resume needs, as the CLI wrote it
  std::uint64_t rows_read = 0;  ///< rows of the source that --limit let through
  JobState state = JobState::Running;
  int exit_code = 0;
  std::string stop_message;  ///< why it stopped, for people; empty: it did not
  std::int64_t started_ms = 0, finished_ms = 0;
  std::uint64_t requests_sent = 0, requests_retried = 0, waited_ms = 0;
  std::string rejects_path;  ///< empty: none written
};

/// A row that was sent (or will be) although something about it is worth saying.
struct RowWarning {
  std::uint64_t row = 0;
  std::string code, field, message;
};

/// Consecutive rows of the source that are planned together: those to send, and those that were rejected or
/// skipped among them. All vectors have one entry a row, but for `warnings`.
struct BatchRecord {
  std::uint64_t seq = 0;        ///< from 0, in source order
  std::uint64_t first_row = 1;  ///< rows are first_row, first_row + 1, …
  std::vector<std::uint64_t> lines;
  std::vector<RowOutcome> rows;
  std::vector<Fingerprint> identity, content;
  std::vector<RowWarning> warnings;
};

enum class ChainPhase : std::uint8_t {
  Ready,    ///< its next request may be sent (not before not_before_ms)
  Sending,  ///< a request is out, or was when the process died: in doubt unless `replay` allows to send it
            ///< again
};

/// The requests that some rows of a batch need, one after another.
struct ChainRecord {
  std::uint64_t batch = 0;
  std::uint32_t chain = 0;                                  ///< number within the batch
  std::vector<std::uint32_t> rows;                          ///< indices into the batch
  std::uint32_t op = 0, step = 0, attempt = 0, replay = 0;  ///< as in switchboard/abi.h
  ChainPhase phase = ChainPhase::Ready;
  std::int64_t not_before_ms = 0;
  std::int64_t started_ms = 0;  ///< of the chain's first request, for deadlines
  std::string state;            ///< the connector's bytes

  /// False: none of its requests went out yet.
  bool began() const { return phase == ChainPhase::Sending || op != 0 || step > 0 || !state.empty(); }
};

struct ChainId {
  std::uint64_t batch = 0;
  std::uint32_t chain = 0;
};

/// Holds the job for this process; released when destroyed, also when the process dies.
class JobLock {
 public:
  virtual ~JobLock() = default;
};

/// The journal of all jobs. Thread-safe. Every function that changes something returns after it is durable.
/// Errors: ErrorKind::Storage (disk full, no permission, damaged file), naming the file.
class Ledger {
 public:
  virtual ~Ledger() = default;

  virtual Result<void> create_job(const JobInfo& job) = 0;
  virtual Result<void> update_job(const JobInfo& job) = 0;
  virtual Result<std::optional<JobInfo>> job(const std::string& id) = 0;
  virtual Result<std::vector<JobInfo>> jobs() = 0;                   ///< newest first
  virtual Result<OutcomeCounts> counts(const std::string& job) = 0;  ///< Pending = rows_read less all others

  /// One transaction: writes the batch where given (whole), writes these chains, removes those. Concurrent
  /// calls share a commit (group commit).
  virtual Result<void> save(const std::string& job, const BatchRecord* batch,
                            std::span<const ChainRecord> chains, std::span<const ChainId> finished) = 0;

  virtual Result<std::optional<BatchRecord>> batch(const std::string& job, std::uint64_t seq) = 0;
  /// All batches in order; stops when `visit` returns false. Constant memory.
  virtual Result<void> for_each_batch(const std::string& job,
                                      const std::function<bool(const BatchRecord&)>& visit) = 0;
  virtual Result<std::vector<ChainRecord>> chains(const std::string& job) = 0;  ///< the unfinished ones

  /// Content fingerprints of all rows that other jobs, begun at `since_ms` or later, sent to this account, in no order:
  /// `delivered`, or of a fate that is not known (unknown, or a request of theirs is open).
  virtual Result<void> for_each_sent(const std::string& account, const std::string& except_job, std::int64_t since_ms,
                                     const std::function<void(const Fingerprint& content, bool delivered)>& visit) = 0;
  /// The newest other job that delivered a row of a source with these bytes to this account, or may have.
  virtual Result<std::optional<JobInfo>> sent_before(const std::string& account,
                                                          const std::string& source_sha256) = 0;

  /// Takes the job for this process. Error (Usage) names the process that holds it.
  virtual Result<std::unique_ptr<JobLock>> lock(const std::string& job) = 0;

  /// Deletes every byte of the job, spooled source included, from the state directory.
  virtual Result<void> forget(const std::string& job) = 0;
};

/// Opens (creates) the SQLite ledger `switchboard.db` in the directory; files are 0600, directories 0700.
/// Errors: an unwritable directory is ErrorKind::Usage (exit 2); a damaged or newer ledger file
/// ErrorKind::Storage.
Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& state_dir);

/// "20261121-224501-truedy-4f2a": time, connector, four hex digits of the seed.
std::string make_job_id(std::int64_t now_ms, const std::string& connector_id, std::uint32_t seed);

}  // namespace switchboard::ledger
