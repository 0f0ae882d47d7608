#pragma once

#include <string>
#include <string_view>

namespace switchboard::connectors {

/// What every message begins with that blames a connector: a crash, a hang, a broken contract. `what`: "encode() put two directives".
inline std::string connector_failed(std::string_view id, std::string_view what) {
  return "connector failed: " + std::string(id) + ": " + std::string(what);
}

}  // namespace switchboard::connectors
