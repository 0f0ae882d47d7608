#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/utf8.h"

namespace switchboard::contact {

/// Of next_code_point(): where a byte beyond ASCII stands.
char32_t next_wide_code_point(std::string_view text, std::size_t& at);

/// The code point at `at` of UTF-8 text; moves `at` behind it. A malformed byte gives U+FFFD and is one byte
/// long.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? (++at, byte) : next_wide_code_point(text, at);
}
std::size_t count_code_points(std::string_view text);

/// Any white space of Unicode, and the marks nobody sees: zero-width ones, bidi controls, the byte order
/// mark.
bool is_blank(char32_t c);
/// C0 and C1 controls, white space among them excepted.
bool is_control(char32_t c);

/// Of trim(): where an end of the text is not plain ASCII.
std::string_view trim_closely(std::string_view text);

/// Without blanks (is_blank) at either end.
inline std::string_view trim(std::string_view text) {
  // ASCII that is neither blank nor control: nearly no cell has anything else at its ends.
  const auto is_plain = [](char byte) { return byte > ' ' && byte < 0x7F; };
  return text.empty() || (is_plain(text.front()) && is_plain(text.back())) ? text : trim_closely(text);
}
/// Trimmed, inner runs of blanks one space each, controls gone.
std::string collapse(std::string_view text);

/// For comparing words: case folded, Latin, Greek and Cyrillic accents off, full-width forms made ordinary
/// ("Prénom" → "prenom", "Straße" → "strasse", "ＴＥＬ" → "tel"). Cheap for ASCII.
std::string fold(std::string_view text);

/// ASCII case only; for codes and keywords of our own.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace switchboard::contact
