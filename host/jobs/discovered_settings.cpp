#include "host/jobs/discovered_settings.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/nearest.h"
#include "host/engine/converse.h"
#include "host/jobs/settings.h"

namespace switchboard::jobs {
namespace {

using Items = std::vector<connectors::Item>;

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

std::string words_of(std::string kind) {
  std::replace(kind.begin(), kind.end(), '_', ' ');
  return kind;
}

/// How to do without the check, where there is a way.
std::string unchecked(const mapping::Condition& unless) {
  if (unless.empty() || unless.any_value) return "";
  return " Or give --set " + unless.text() + ".";
}

Error no_such_item(const mapping::Setting& setting, const std::string& value, const Items& items, const Items& all) {
  for (const auto& item : all) {
    if (item.kind == setting.discover || (item.id != value && item.label != value)) continue;
    return usage_error("\"" + value + "\" is a " + words_of(item.kind) + ", which the setting " + setting.name + " does not take.",
                 setting.help);
  }
  std::vector<std::string> names;
  for (const auto& item : items) {
    names.push_back(item.label.empty() ? item.id : item.label);
    if (!setting.discover_by_label) names.push_back(item.id);
  }
  return usage_error("The account has no " + words_of(setting.discover) + " \"" + value + "\"" + did_you_mean(value, names) +
                   " (setting " + setting.name + ").",
               (items.empty() ? "The account has none at all; create it there first." : "It has: " + list_of(items) + ".") +
                   unchecked(setting.discover_unless));
}

/// The item that a value names: by its id, by its label, by its label in other case.
Result<connectors::Item> find_item(const mapping::Setting& setting, const std::string& value, const Items& all) {
  Items items;
  for (const auto& item : all) {
    if (item.kind != setting.discover) continue;
    items.push_back(item);
    if (!setting.discover_by_label && item.id == value) return item;
  }
  for (const bool exactly : {true, false}) {
    Items labelled;
    for (const auto& item : items)
      if (exactly ? item.label == value : lower_case(item.label) == lower_case(value)) labelled.push_back(item);
    if (labelled.size() == 1) return labelled.front();
    if (labelled.size() > 1)
      return usage_error("\"" + value + "\" is the name of several (setting " + setting.name + "): " + list_of(labelled) + ".",
                   "Give the id of the one that is meant.");
  }
  return no_such_item(setting, value, items, all);
}

/// What the connector is to get for the value that was given; of a list, for each of its values.
Result<std::string> resolve(const mapping::Setting& setting, const std::string& value, const Items& all) {
  std::vector<std::string> resolved;
  for (const auto& one : setting.type == "list" ? values_of(value) : std::vector<std::string>{value}) {
    auto item = find_item(setting, one, all);
    if (!item) return item.error();
    const bool by_label = setting.discover_by_label && setting.discover_into.empty();
    const std::string& part = by_label ? item->label : item->id;
    if (std::find(resolved.begin(), resolved.end(), part) == resolved.end()) resolved.push_back(part);
  }
  std::string text;
  for (const auto& part : resolved) text += (text.empty() ? "" : ",") + part;
  return text;
}

}  // namespace

bool needs_asking(const mapping::Setting& setting, const std::map<std::string, std::string>& settings) {
  return !setting.discover.empty() && !settings.at(setting.name).empty() &&
         (setting.discover_unless.empty() || !setting.discover_unless.holds(settings));
}

Result<std::vector<connectors::Item>> ask_vendor(const Target& target, Operation op, RunObserver& observer,
                                                 StopButton& stop) {
  const auto parts = target.parts();
  const StopButton::Listener listener(stop, [&](EndReason, int) {
    parts.clock->interrupt();
    parts.http->abort();
  });
  const auto on_wait = [&](const std::string& why, std::int64_t until_ms) {
    constexpr std::int64_t kWorthSaying = 2'000;
    const auto wait_ms = until_ms - parts.clock->now_ms();
    if (wait_ms >= kWorthSaying && !target.sandboxed())
      observer.waiting(why, wait_ms);
  };
  return engine::converse(parts, op, on_wait);
}

Result<void> check_discovered_settings(Job& job, RunObserver& observer, StopButton& stop) {
  std::optional<Items> items;
  auto& target = *job.target;
  for (const auto& setting : target.manifest().settings) {
    if (!needs_asking(setting, target.settings)) continue;
    if (!items) {
      auto found = ask_vendor(target, Operation::Discover, observer, stop);
      if (stop.reason()) return {};
      if (!found && found.error().kind == ErrorKind::Usage) return found.error();
      if (!found) {
        job.run.stop_first = engine::Stop{reason_of(found.error().kind), found.error().message};
        return {};
      }
      items = std::move(*found);
    }
    const std::string value = target.settings.at(setting.name);
    auto resolved = resolve(setting, value, *items);
    if (!resolved) return resolved.error();
    std::vector<std::pair<std::string, std::string>> changes = {{setting.name, *resolved}};
    if (!setting.discover_into.empty()) changes = {{setting.discover_into, *resolved}, {setting.name, ""}};
    for (const auto& [name, text] : changes) {
      if (target.settings.at(name) == text) continue;
      if (auto changed = target.change_setting(name, text); !changed) return changed.error();
    }
    job.info.account = target.account(job.info.id);
  }
  return {};
}

}  // namespace switchboard::jobs
