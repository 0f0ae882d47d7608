#pragma once

#include <string>

#include "core/base/result.h"
#include "host/cli/options.h"
#include "host/cli/terminal.h"

namespace switchboard::cli {

/// `connectors new NAME`: a complete connector directory ./NAME, made from the SDK's template, or with --from as far as an
/// OpenAPI document goes; what that cannot say is listed.
/// Errors (Usage): not a name, the directory exists, the template is not installed, a document that cannot be used.
Result<int> new_connector(const std::string& name, const Options& options, Terminal& terminal);

}  // namespace switchboard::cli
