#include "host/cli/discovered_settings.h"

#include <switchboard/abi.h>

#include <algorithm>

#include "core/base/nearest.h"
#include "host/cli/exit_code.h"

namespace switchboard::cli {
namespace {

using Items = std::vector<connectors::Item>;

Error usage(std::string message, std::string remedy) { return {ErrorKind::Usage, std::move(message), std::move(remedy)}; }

bool needs_asking(const mapping::Setting& setting, const std::map<std::string, std::string>& settings) {
  return !setting.discover.empty() && !settings.at(setting.name).empty() &&
         (setting.discover_unless.empty() || !setting.discover_unless.holds(settings));
}

/// "Friends (folder_1), Work (folder_2)", the first 20.
std::string list_of(const Items& items) {
  constexpr std::size_t kShown = 20;
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < kShown; ++i) {
    const auto& [kind, id, label] = items[i];
    text += (i ? ", " : "") + (label.empty() || label == id ? id : label + " (" + id + ")");
  }
  return text + (items.size() > kShown ? ", …" : "");
}

Error no_such_item(const mapping::Setting& setting, const std::string& value, const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) {
    names.push_back(item.label.empty() ? item.id : item.label);
    if (!setting.discover_by_label) names.push_back(item.id);
  }
  std::string kind = setting.discover;
  std::replace(kind.begin(), kind.end(), '_', ' ');
  return usage("The account has no " + kind + " \"" + value + "\"" + did_you_mean(value, names) + " (setting " + setting.name + ").",
               items.empty() ? "The account has none at all; create it there first." : "It has: " + list_of(items) + ".");
}

/// What the connector is to get for the value that was given.
Result<std::string> resolve(const mapping::Setting& setting, const std::string& value, const Items& all) {
  Items items, labelled;
  for (const auto& item : all) {
    if (item.kind != setting.discover) continue;
    items.push_back(item);
    if (item.label == value) labelled.push_back(item);
    if (!setting.discover_by_label && item.id == value) return value;
  }
  if (labelled.empty()) return no_such_item(setting, value, items);
  if (setting.discover_by_label) return value;
  if (labelled.size() > 1)
    return usage("\"" + value + "\" is the name of several (setting " + setting.name + "): " + list_of(labelled) + ".",
                 "Give the id of the one that is meant.");
  return labelled.front().id;
}

}  // namespace

Result<void> check_discovered_settings(Job& job, const engine::Parts& parts) {
  std::optional<Items> items;
  for (const auto& setting : job.target->manifest().settings) {
    if (!needs_asking(setting, job.target->settings)) continue;
    if (!items) {
      auto found = engine::converse(parts, SWB_DISCOVER);
      if (!found && found.error().kind == ErrorKind::Usage) return found.error();
      if (!found) {
        job.run.stop_exit_code = exit_code_of(found.error().kind);
        job.run.stop_message = found.error().message;
        return {};
      }
      items = std::move(*found);
    }
    const std::string value = job.target->settings.at(setting.name);
    auto resolved = resolve(setting, value, *items);
    if (!resolved) return resolved.error();
    if (*resolved == value) continue;
    if (auto changed = job.target->change_setting(setting.name, *resolved); !changed) return changed.error();
    job.info.account = job.target->account(job.info.id);
  }
  return {};
}

}  // namespace switchboard::cli
