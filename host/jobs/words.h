#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace switchboard::jobs {

/// The words of an option that takes one of a few; the first is the default. Specialise it for the option's type.
template <class Enum>
struct Words;

template <class Enum>
std::string word_of(Enum value) {
  for (const auto& [word, meant] : Words<Enum>::kTable)
    if (meant == value) return std::string(word);
  return {};
}

template <class Enum>
std::optional<Enum> value_named(std::string_view word) {
  for (const auto& [known, meant] : Words<Enum>::kTable)
    if (known == word) return meant;
  return std::nullopt;
}

}  // namespace switchboard::jobs
