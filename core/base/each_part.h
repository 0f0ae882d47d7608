#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace switchboard {

/// Calls `visit` with each part of a list that is written as "one|two|three". What stands between two separators is a part, too, where
/// it is nothing.
template <class Visit>
void each_part(std::string_view list, Visit&& visit) {
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find('|', begin), list.size());
    visit(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace switchboard
