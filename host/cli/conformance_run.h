#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/cli/terminal.h"

namespace switchboard::cli {

/// `connectors check LIB`: the conformance report of a library. The checks run in a process of their own, so that a
/// library that crashes or hangs ends as a finding. 0: it passes; 3: it does not.
/// `options` are the judge's own (swb-conformance --help).
Result<int> check_library(const std::string& path, const std::vector<std::string>& options, Terminal& terminal);

}  // namespace switchboard::cli
