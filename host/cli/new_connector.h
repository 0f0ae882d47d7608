#pragma once

#include <string>

#include "core/base/result.h"
#include "host/cli/terminal.h"

namespace switchboard::cli {

/// `connectors new NAME`: a complete connector directory ./NAME, made from the SDK's template.
/// Errors (Usage): not a name, the directory exists, the template is not installed.
Result<int> new_connector(const std::string& name, Terminal& terminal);

}  // namespace switchboard::cli
