#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/cli/job_run.h"
#include "host/cli/options.h"

namespace switchboard::cli {

/// A file that is about to be written, and the option that names it.
struct OutputPath {
  std::string option, path;
};

/// Files that will be written at the end: better to know now that they cannot be, or would take the place of one that is
/// read, or of one another. Errors (Usage) name both.
Result<void> check_outputs(const Options& options, const std::string& source, const std::vector<OutputPath>& outputs);

/// What jobs write: rejects files, --contacts, --report.
std::vector<OutputPath> outputs_of(const Options& options, const std::vector<JobWithFiles>& jobs);

}  // namespace switchboard::cli
