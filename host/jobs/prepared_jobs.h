#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/jobs/job_setup.h"
#include "host/jobs/observer.h"
#include "host/jobs/source_setup.h"

namespace switchboard::jobs {

/// What a request asks for, opened, read through once and mapped; nothing is in a ledger yet.
struct PreparedJobs {
  OpenedFile file;
  input::Survey survey;
  std::vector<std::unique_ptr<Job>> jobs;  ///< one a target, in the order of the request's connectors
};

/// `scratch`: for what grows with the rows; nullptr: it stays in memory. Errors are those before a job begins (ErrorKind::Usage,
/// Input …); cancelled: Unavailable.
Result<PreparedJobs> prepare_jobs(const JobRequest& request, Operation operation, Purpose purpose, const std::string& spool_directory, ScratchPlace* scratch,
                                  RunObserver& observer, const CancelToken* cancel);

/// The settings that only an import asks the vendor about.
std::vector<std::string> names_not_asked(const std::vector<std::unique_ptr<Job>>& jobs);

}  // namespace switchboard::jobs
