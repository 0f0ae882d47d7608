// The cell of a list field: phones and e-mail addresses with what is known of each.
#pragma once

#include <switchboard/kit/json.h>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// One phone number or e-mail address: {"value", "kind", "label", "primary"}, or just the value.
struct ListEntry {
  std::string value;
  std::string kind, label;  ///< in lower case
  bool primary = false;
};

/// In the source's order, each value once; exactly one is primary: the first that is marked, else the first.
inline std::vector<ListEntry> list_entries(std::optional<std::string_view> cell) {
  std::vector<ListEntry> entries;
  const auto json = cell ? Json::parse(*cell) : std::nullopt;
  if (!json) return entries;
  const std::span<const Json> items = json->is_array() ? json->items() : std::span(&*json, 1);
  std::set<std::string> seen;
  bool has_primary = false;
  for (const Json& item : items) {
    ListEntry entry;
    entry.value = item.is_object() ? item["value"].string_or("") : item.string_or("");
    if (entry.value.empty() || !seen.insert(entry.value).second) continue;
    entry.kind = lower(item["kind"].string_or(""));
    entry.label = lower(item["label"].string_or(""));
    entry.primary = item["primary"].bool_or(false) && !has_primary;
    has_primary = has_primary || entry.primary;
    entries.push_back(std::move(entry));
  }
  if (!entries.empty() && !has_primary) entries.front().primary = true;
  return entries;
}

}  // namespace switchboard::kit
