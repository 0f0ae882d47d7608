#pragma once

#include <vector>

#include "host/cli/options.h"
#include "host/cli/terminal.h"
#include "host/jobs/job_request.h"
#include "host/jobs/job_service.h"

namespace switchboard::cli {

/// Says how a request ended: prints the final report on standard output and writes the report files. Returns the exit
/// code; an Error where that could not be done, or of the job that could not be run.
Result<int> deliver(const std::vector<jobs::NamedFile>& report_files, Terminal& terminal, const jobs::Ended& ended);

/// The same for what kept a command from beginning: no error where somebody told it to stop meanwhile.
Result<int> unless_stopped(Error error, const jobs::StopButton& stop, Terminal& terminal);

}  // namespace switchboard::cli
