#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace switchboard::jobs {

/// The words of an option that takes one of a few; the first is the default. Specialise it for the option's type. A value without a word
/// does not compile, apart from as many as kWordless says where there is one.
template <class Enum>
struct Words;

namespace detail {

/// A value that the enumeration names is spelled by its name here, another one as a number behind its type in brackets.
template <auto Value>
consteval bool is_named() {
  constexpr std::string_view spelled = __PRETTY_FUNCTION__;
  return spelled.substr(spelled.find("Value = ")).find('(') == std::string_view::npos;
}

/// Enumerations of options count from 0 and stay below this.
inline constexpr std::size_t kMostValues = 32;

template <class Enum, std::size_t... Numbers>
consteval bool each_has_a_word(std::index_sequence<Numbers...>) {
  static_assert(is_named<Words<Enum>::kTable[0].second>(), "of an enumeration without a namespace of its own names cannot be told");
  std::size_t wordless = 0;
  const auto look = [&](bool named, Enum value) {
    if (!named) return;
    for (const auto& [word, meant] : Words<Enum>::kTable)
      if (meant == value) return;
    ++wordless;
  };
  (look(is_named<static_cast<Enum>(Numbers)>(), static_cast<Enum>(Numbers)), ...);
  if constexpr (requires { Words<Enum>::kWordless; }) return wordless == Words<Enum>::kWordless;
  else return wordless == 0;
}

}  // namespace detail

template <class Enum>
std::string word_of(Enum value) {
  static_assert(detail::each_has_a_word<Enum>(std::make_index_sequence<detail::kMostValues>()), "a value has no word: nobody could choose it, and no job remember it");
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
