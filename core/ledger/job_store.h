#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/job_info.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/job_lock.h"

namespace switchboard::ledger {

/// What must not be when a job is created. It is looked at in the transaction that creates the job, so that of two commands
/// that begin at once one is told of the other.
enum class Repetition {
  Allowed,
  OfSource,  ///< another job sent this source to the account, may have, or is about to
  OfRows,    ///< another job to the account runs: nobody can say yet which rows are new
};

/// A job that was created and is this process's until `lock` goes; or why it was not.
struct Creation {
  std::unique_ptr<JobLock> lock;      ///< nullptr: it was not created
  std::optional<JobInfo> in_the_way;  ///< the job that forbids it
  bool running = false;               ///< that one runs now
};

/// Which jobs there are. Thread-safe; durable and with errors as JobJournal.
class JobStore {
 public:
  virtual ~JobStore() = default;

  /// Error (Usage): there is a job of that name already.
  virtual Result<Creation> create(const JobInfo& job, Repetition unless = Repetition::Allowed) = 0;
  /// Marks a job that is gone on with as running; its lock is held. The job that is in the way, if any: then nothing was marked.
  virtual Result<std::optional<JobInfo>> go_on(const JobInfo& job, Repetition unless) = 0;
  virtual Result<std::optional<JobInfo>> find(const std::string& id) = 0;
  virtual Result<std::vector<JobInfo>> all() = 0;  ///< newest first
  virtual Result<OutcomeCounts> counts(const std::string& id) = 0;

  /// The journal of a job; borrows the store, and is shared with it where it lives in memory. Error (Usage): there
  /// is no such job.
  virtual Result<std::shared_ptr<JobJournal>> journal(const std::string& id) = 0;

  /// Takes the job for this process. Error (Usage) names the process that holds it.
  virtual Result<std::unique_ptr<JobLock>> lock(const std::string& id) = 0;

  /// Deletes every byte of the job, spooled source included, from the state directory.
  virtual Result<void> forget(const std::string& id) = 0;
};

/// Usage: there is no job of that name.
Error unknown_job(const std::string& id);

}  // namespace switchboard::ledger
