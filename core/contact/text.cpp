#include "core/contact/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/contact/tables/fold_by_icu.h"

namespace switchboard::contact {
namespace {

#include "fold_table.inc"

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// ASCII that is neither blank nor control.
bool is_plain(char byte) { return byte > ' ' && byte < 0x7F; }

/// Ideographs and syllables of Korean: most of what is written in East Asia, and what folding leaves alone.
bool is_ideograph(char32_t c) { return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3); }

/// Bytes that are part of what is neither blank nor control wherever they stand: the others beyond ASCII open what may be one.
constexpr auto kOfLetters = [] {
  std::array<bool, 256> of_letters{};
  for (std::size_t c = 0x21; c < of_letters.size(); ++c) of_letters[c] = c != 0x7F && c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF;
  return of_letters;
}();

bool opens_letter(char byte) { return kOfLetters[static_cast<unsigned char>(byte)]; }

}  // namespace

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return c == 0x85 || c == 0xA0 || c == 0xAD || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

bool is_control(char32_t c) { return (c < 0x20 || (c >= 0x7F && c <= 0x9F)) && !is_blank(c); }

std::string_view trim_closely(std::string_view text) {
  // "José", "山田": a letter at either end, though not of ASCII.
  if (opens_letter(text.front())) {
    std::size_t last = text.size() - 1;
    while (last > 0 && is_continuation(text[last])) --last;
    if (opens_letter(text[last])) return text;
  }
  std::size_t begin = 0;
  while (begin < text.size()) {
    if (is_plain(text[begin])) break;
    std::size_t after = begin;
    if (!is_blank(next_code_point(text, after))) break;
    begin = after;
  }
  std::size_t end = text.size();
  while (end > begin) {
    if (is_plain(text[end - 1])) break;
    std::size_t start = end - 1;
    while (start > begin && is_continuation(text[start])) --start;
    std::size_t after = start;
    if (!is_blank(next_code_point(text, after))) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

namespace {

/// Nothing but letters and single blanks between them, as nearly every cell is.
bool is_collapsed(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() == ' ' || text.back() == ' ') return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!opens_letter(text[at]) && (text[at] != ' ' || text[at - 1] == ' ')) return false;
  }
  return true;
}

}  // namespace

std::string collapse(std::string_view text) {
  if (is_collapsed(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_plain(text[at])) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out += text[at++];
      continue;
    }
    const char32_t c = next_code_point(text, at);
    // Joiners shape letters of Indic and Persian names (and emoji): inside a word they are no blank.
    if (is_control(c) || c == 0xAD || c == 0xFEFF) continue;
    if (is_blank(c) && c != 0x200C && c != 0x200D) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out.append(text.substr(start, at - start));
  }
  return std::string(trim(out));
}

std::string fold(std::string_view text) {
  std::string out(text);
  unsigned char any = 0;
  for (char& c : out) {
    any = static_cast<unsigned char>(any | static_cast<unsigned char>(c));
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (any < 0x80) return out;
  out.resize(static_cast<std::size_t>(std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) - text.begin()));
  for (std::size_t at = out.size(); at < text.size();) {
    const char byte = text[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (is_ideograph(c)) {
      out.append(text, begin, at - begin);
      continue;
    }
    // Too short a form of a character, and what is no character, are ICU's to judge too.
    const bool known = c < kFoldEnd && c >= (at - begin == 2 ? 0x80 : 0x800);
    const std::uint16_t form = known ? kFold[c - 0x80] : 0;
    if (form == 0) return fold_by_icu(text);
    for (const unsigned char* next = kFoldForms + form; *next != 0; ++next) out += static_cast<char>(*next);
  }
  return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace switchboard::contact
