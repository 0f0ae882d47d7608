// Text helpers that know no locale: conversions between swb_str and std::string_view, ASCII case, UTF-8
// clean-up.
#pragma once

#include <switchboard/abi.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// Never absent: an empty view becomes "present and empty".
inline swb_str to_abi(std::string_view text) {
  return {text.data() != nullptr ? text.data() : "", text.size()};
}

inline swb_str to_abi_or_absent(const std::optional<std::string>& text) {
  return text ? to_abi(std::string_view(*text)) : swb_str{nullptr, 0};
}

/// An absent string reads as an empty view; use `optional_view` where the difference matters.
inline std::string_view view(swb_str text) {
  return text.data != nullptr ? std::string_view(text.data, text.size) : std::string_view();
}

inline std::optional<std::string_view> optional_view(swb_str text) {
  if (text.data == nullptr) return std::nullopt;
  return std::string_view(text.data, text.size);
}

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

/// Finds an ASCII needle (given in lower case) whatever the case of the text.
inline bool contains_ignoring_case(std::string_view text, std::string_view lower_case_needle) {
  return lower(text).find(lower_case_needle) != std::string::npos;
}

/// The same of any of several.
inline bool contains_any(std::string_view text, std::initializer_list<std::string_view> lower_case_needles) {
  const std::string lowered = lower(text);
  return std::any_of(lower_case_needles.begin(), lower_case_needles.end(),
                     [&](std::string_view needle) { return lowered.find(needle) != std::string::npos; });
}

inline std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// "a,b,,c" at ',' gives four parts; "" gives none.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

/// Digits and nothing else, at least one.
inline bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// So many hexadecimal digits and nothing else, in either case.
inline bool is_hex_of(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// A UUID in either case: 32 hexadecimal digits, with dashes at their places or without.
inline bool is_uuid(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    const std::size_t place = digits.size();
    if (c != '-') digits.push_back(c);
    else if (place != 8 && place != 12 && place != 16 && place != 20) return false;
  }
  return text.size() <= 36 && is_hex_of(digits, 32);
}

/// Digits with or without + before them, as numbers are written internationally: no leading zero, low to high digits.
inline bool is_international(std::string_view number, std::size_t low = 7, std::size_t high = 15) {
  if (number.starts_with('+')) number.remove_prefix(1);
  return all_digits(number) && number.front() != '0' && number.size() >= low && number.size() <= high;
}

/// Characters (code points) of UTF-8 text: what most vendors mean by a length.
inline std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// The digits of a text and nothing else: how vendors compare phone numbers.
inline std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_digit(c)) out.push_back(c);
  }
  return out;
}

/// A whole decimal number, sign allowed, nothing around it; nullopt also when it does not fit.
inline std::optional<std::int64_t> parse_int(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 19) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  constexpr std::uint64_t kMax = 9223372036854775807ull;
  if (value > kMax + (negative ? 1u : 0u)) return std::nullopt;
  if (!negative) return static_cast<std::int64_t>(value);
  return value == kMax + 1 ? INT64_MIN : -static_cast<std::int64_t>(value);
}

inline void append_utf8(std::string& out, std::uint32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6), put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12), put(0x80 | (code_point >> 6 & 0x3F)), put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18), put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F)), put(0x80 | (code_point & 0x3F));
  }
}

/// Length in bytes of the valid UTF-8 sequence that `text` begins with; 0 if it begins with none.
inline std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xC2 && lead <= 0xDF   ? 2
                           : lead >= 0xE0 && lead <= 0xEF ? 3
                           : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                          : 0;
  if (size == 0 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool out_of_range = (lead == 0xED && byte(1) > 0x9F) || (lead == 0xF4 && byte(1) > 0x8F);
  return overlong || out_of_range ? 0 : size;
}

/// As many characters of its beginning as fit into a limit that a vendor counts in them; a stray byte counts as one.
inline std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  for (; most > 0 && end < text.size(); --most) end += std::max<std::size_t>(1, utf8_length(text.substr(end)));
  return text.substr(0, end);
}

inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = utf8_length(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

/// What a vendor sent, made fit for a message: invalid bytes become U+FFFD, control characters a blank, runs
/// of white space one blank; cut at a character boundary to `max_bytes`.
inline std::string clean_text(std::string_view text, std::size_t max_bytes = 2048) {
  std::string out;
  text = trim(text);
  while (!text.empty()) {
    const std::size_t size = utf8_length(text);
    std::string_view piece = size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, size);
    if (size == 1 && (static_cast<unsigned char>(piece[0]) < 0x20 || piece[0] == 0x7F)) piece = " ";
    text.remove_prefix(size == 0 ? 1 : size);
    if (piece == " " && (out.empty() || out.back() == ' ')) continue;
    if (out.size() + piece.size() > max_bytes) break;
    out += piece;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// For comparing what a vendor shows with what was sent: without differences of case (ASCII) and of white space.
inline std::string plain(std::string_view text) { return lower(clean_text(text)); }

/// The words of an HTML page: without its tags, scripts and styles.
inline std::string without_tags(std::string_view page) {
  std::string out;
  while (!page.empty()) {
    const auto open = std::min(page.find('<'), page.size());
    out += page.substr(0, open);
    page.remove_prefix(open);
    if (page.empty()) break;
    out += ' ';
    std::string_view end = ">";
    for (const std::string_view raw : {"script", "style"}) {
      if (page.size() > raw.size() && equals_ignoring_case(page.substr(1, raw.size()), raw))
        end = raw == "script" ? "</script>" : "</style>";
    }
    const auto close = page.find(end);
    page.remove_prefix(close == std::string_view::npos ? page.size() : close + end.size());
  }
  return out;
}

/// A vendor's word as a stable code: "Invalid phone number!" becomes "invalid_phone_number"; at most 64
/// bytes.
inline std::string to_code(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.size() == 64) break;
    if (is_digit(c) || is_alpha(c) || (c == '.' && !out.empty() && out.back() != '.')) {
      out.push_back(lower(c));
    } else if (!out.empty() && out.back() != '_') {
      out.push_back('_');
    }
  }
  while (!out.empty() && (out.back() == '_' || out.back() == '.')) out.pop_back();
  return out;
}

inline std::string to_hex(std::string_view bytes, bool upper_case = false) {
  const char* digits = upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
  }
  return out;
}

}  // namespace switchboard::kit
