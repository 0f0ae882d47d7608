#pragma once

#include <map>
#include <string>

namespace switchboard::mapping {

/// "mode=create" in a manifest: what it stands at holds only where that setting has that value; "mode" alone: where it has
/// any.
struct Condition {
  std::string setting, value;
  bool any_value = false;

  bool empty() const { return setting.empty(); }
  /// As in the manifest.
  std::string text() const { return any_value ? setting : setting + "=" + value; }
  bool holds(const std::map<std::string, std::string>& settings) const {
    const auto found = settings.find(setting);
    return found != settings.end() && (any_value ? !found->second.empty() : found->second == value);
  }
};

}  // namespace switchboard::mapping
