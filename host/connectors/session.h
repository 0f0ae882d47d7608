#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "host/connectors/connector.h"
#include "host/connectors/library.h"

namespace switchboard::connectors {

Result<std::unique_ptr<Session>> open_session(std::shared_ptr<const Library> library,
                                              const std::string& settings_json);

/// nullptr inside the result: the library brings no sandbox.
Result<std::unique_ptr<Sandbox>> open_account(std::shared_ptr<const Library> library,
                                              const std::string& options_json);

}  // namespace switchboard::connectors
