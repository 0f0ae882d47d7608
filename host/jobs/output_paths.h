#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/jobs/job_run.h"
#include "host/jobs/job_request.h"

namespace switchboard::jobs {

/// The files of a job of this label (JobFiles::label; empty: the only job of its command).
JobFiles files_of(const JobRequest& request, const SourceInfo& info, const std::string& label);

/// A file that is about to be written, and the option that names it.
struct OutputPath {
  std::string option;
  NamedFile file;
};

/// Files that will be written at the end: better to know now that they cannot be, or would take the place of one that is
/// read, or of one another. Errors (Usage) name both.
Result<void> check_outputs(const JobRequest& request, const std::string& source, const std::vector<OutputPath>& outputs);

/// What jobs write: rejects files, --contacts, --report.
std::vector<OutputPath> outputs_of(const JobRequest& request, const std::vector<JobWithFiles>& jobs);

}  // namespace switchboard::jobs
