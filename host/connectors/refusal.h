#pragma once

#include <string>

#include "core/base/result.h"

namespace switchboard::connectors {

/// Why the library at `path` is not used.
inline Error refusal(const std::string& path, const std::string& reason,
                     const std::string& remedy = "Tell the connector's author, or use another release of it.") {
  return usage_error(path + ": " + reason, remedy);
}

}  // namespace switchboard::connectors
