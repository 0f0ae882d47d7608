#pragma once

#include <functional>

#include "host/cli/options.h"
#include "host/cli/terminal.h"
#include "host/jobs/job_service.h"

namespace switchboard::cli {

/// What `import` and `check` begin with: the request of the command line, signals, ledger and display; `run` gets the request and
/// a service to give it to.
Result<int> with_service(const Options& options, Terminal& terminal,
                         const std::function<Result<int>(jobs::JobService&, const jobs::JobRequest&)>& run);

}  // namespace switchboard::cli
