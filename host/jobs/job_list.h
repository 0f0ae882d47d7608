#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/job_store.h"

namespace switchboard::jobs {

/// A job as a list of jobs shows it.
struct ListedJob {
  ledger::JobInfo info;
  OutcomeCounts counts;

  /// "truedy https://api.truedy.ai, profile nightly, key 3fa2c1": two customers at one address differ in what is kept of their
  /// keys.
  std::string account() const;
};

/// All jobs, the newest first. Errors as in JobStore.
Result<std::vector<ListedJob>> list_jobs(ledger::JobStore& jobs);

/// The job of this id. Error (Usage): there is none; names the nearest.
Result<ledger::JobInfo> find_job(ledger::JobStore& jobs, const std::string& id);

/// The newest job; nullopt: there is none.
Result<std::optional<ledger::JobInfo>> newest_job(ledger::JobStore& jobs);

/// The newest job that has something left to do, else the newest with rows of unknown fate, of which only its vendor knows whether
/// it can be asked about them. nullopt: every job is finished.
Result<std::optional<ledger::JobInfo>> job_to_resume(ledger::JobStore& jobs, bool resend_unknown);

}  // namespace switchboard::jobs
