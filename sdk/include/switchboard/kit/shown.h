// Whether a vendor shows what was sent: it may write it in another way, and may leave it out.
#pragma once

#include <switchboard/kit/json.h>
#include <switchboard/kit/list_cell.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// Without differences of case (ASCII) and of white space: names, e-mail addresses, free texts.
inline bool same_text(std::string_view shown, std::string_view sent) { return plain(shown) == plain(sent); }

/// A number may be shown in its national form: its last digits are the same then.
inline bool same_number(std::string_view shown, std::string_view sent) {
  constexpr std::size_t kTelling = 7;
  const std::string a = digits_of(shown), b = digits_of(sent);
  return a == b || (std::min(a.size(), b.size()) >= kTelling && (a.ends_with(b) || b.ends_with(a)));
}

/// Whether a list of objects has every entry that was sent, in one of these members of an item. What is not shown, or shown as an empty
/// list, cannot differ.
inline bool shows_all(const Json& list, const std::vector<ListEntry>& sent, std::initializer_list<std::string_view> members,
                      bool (*same)(std::string_view shown, std::string_view sent)) {
  if (list.items().empty()) return true;
  return std::all_of(sent.begin(), sent.end(), [&](const ListEntry& entry) {
    return std::any_of(list.items().begin(), list.items().end(), [&](const Json& item) {
      const auto shows = [&](std::string_view name) { return same(item[name].string_or(""), entry.value); };
      return std::any_of(members.begin(), members.end(), shows);
    });
  });
}

}  // namespace switchboard::kit
