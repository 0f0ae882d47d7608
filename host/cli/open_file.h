#pragma once

#include <string>

#include "host/cli/options.h"
#include "host/jobs/source_setup.h"

namespace switchboard::cli {

/// Opens a file of the command line ("-": standard input, copied to the state directory first), for commands that only look
/// at it. `any_table`: see InputOptions.
Result<jobs::OpenedFile> open_file(const Options& options, const std::string& path, bool any_table = false);

}  // namespace switchboard::cli
