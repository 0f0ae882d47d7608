#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/cli/options.h"
#include "host/connectors/isolation.h"
#include "host/jobs/job_request.h"

namespace switchboard::cli {

/// What the options ask of a job that works on `source` (a path, or "-"). Errors (Usage): a value of another kind.
Result<jobs::JobRequest> request_of(const Options& options, const std::string& source);

/// --connector-path.
std::vector<jobs::NamedFile> connector_path(const Options& options);

/// --isolate and the list of libraries that may run. Error (Usage): no SHA-256.
Result<connectors::Loading> loading_of(const Options& options);

/// For commands that only look at files.
jobs::ReadRequest reading_of(const Options& options);

/// Changes what a job was begun with by what `resume` was told now. Errors (Usage): a value of another kind.
Result<void> change_request(const Options& options, jobs::JobRequest& request);

}  // namespace switchboard::cli
