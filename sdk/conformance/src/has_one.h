#pragma once

#include <switchboard/kit/text.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace switchboard::conformance {

/// Whether one of the words, in small letters, stands in a text: what the name of a member, a field or a setting says that it is.
inline bool has_one(std::string_view text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return kit::contains_ignoring_case(text, word); });
}

}  // namespace switchboard::conformance
