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

/// Which jobs there are. Thread-safe; durable and with errors as JobJournal.
class JobStore {
 public:
  virtual ~JobStore() = default;

  virtual Result<void> create(const JobInfo& job) = 0;
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
