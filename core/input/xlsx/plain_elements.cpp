#include "core/input/xlsx/plain_elements.h"

#include <cstddef>
#include <cstring>

#include "core/base/ascii.h"
#include "core/input/workbook/xml_text.h"

namespace switchboard::input {
namespace {

/// An element's tags in front of its text are shorter. What stands so near to the end of what was read is
/// left to the scanner, and nobody has to look for the end within a tag.
constexpr std::ptrdiff_t kTags = 96;
constexpr std::size_t kLetters = 3, kDigits = 7, kTypeLetters = 9;

bool skip(const char*& at, std::string_view word) {
  if (std::memcmp(at, word.data(), word.size()) != 0) return false;
  at += word.size();
  return true;
}

/// The digits up to a quote; false: there are none, more than seven, or something else.
bool read_number(const char*& at, std::uint32_t& number) {
  const char* const begin = at;
  std::uint32_t value = 0;
  for (; is_digit(*at); ++at) {
    if (at - begin == kDigits) return false;
    value = value * 10 + static_cast<std::uint32_t>(*at - '0');
  }
  if (at == begin || *at != '"') return false;
  ++at;
  number = value;
  return true;
}

/// BC12"
bool read_reference(const char*& at, std::uint32_t& column) {
  const char* const begin = at;
  std::uint32_t letters = 0, row = 0;
  for (; *at >= 'A' && *at <= 'Z'; ++at) {
    if (at - begin == kLetters) return false;
    letters = letters * 26 + static_cast<std::uint32_t>(*at - 'A') + 1;
  }
  column = letters - 1;
  return at != begin && read_number(at, row);
}

/// inlineStr"
bool read_type(const char*& at, std::string_view& type) {
  const char* const begin = at;
  while ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z')) {
    if (at - begin == kTypeLetters) return false;
    ++at;
  }
  type = {begin, static_cast<std::size_t>(at - begin)};
  return *at++ == '"';
}

/// Up to and with `close`.
const char* read_text(const char* at, const char* end, std::string_view close, std::string_view& text) {
  const char* const begin = at;
  at = skip_plain_text(at, end);
  if (end - at < static_cast<std::ptrdiff_t>(close.size()) || !skip(at, close)) return nullptr;
  text = {begin, static_cast<std::size_t>(at - begin) - close.size()};
  return at;
}

}  // namespace

const char* read_plain_cell(const char* at, const char* end, PlainCell& cell) {
  if (end - at < kTags || !skip(at, "<c")) return nullptr;
  cell = {};
  bool has_reference = false, has_style = false, has_type = false;
  while (*at == ' ') {
    const char name = at[1];
    if (at[2] != '=' || at[3] != '"') return nullptr;
    at += 4;
    bool& has = name == 'r' ? has_reference : name == 's' ? has_style : has_type;
    if (has) return nullptr;
    has = true;
    if (name == 'r') {
      if (!read_reference(at, cell.column)) return nullptr;
    } else if (name == 's') {
      if (!read_number(at, cell.style)) return nullptr;
    } else if (name != 't' || !read_type(at, cell.type)) {
      return nullptr;
    }
  }
  if (!has_reference) return nullptr;
  if (*at == '/') return at[1] == '>' ? at + 2 : nullptr;
  if (*at++ != '>') return nullptr;
  if (skip(at, "<f>")) {
    at = read_text(at, end, "</f><v>", cell.formula);
    return at == nullptr ? nullptr : read_text(at, end, "</v></c>", cell.value);
  }
  if (skip(at, "<v>")) return read_text(at, end, "</v></c>", cell.value);
  if (skip(at, "<is><t>") || skip(at, R"(<is><t xml:space="preserve">)")) return read_text(at, end, "</t></is></c>", cell.value);
  return nullptr;
}

const char* read_plain_string(const char* at, const char* end, std::string_view& text) {
  if (end - at < kTags || !skip(at, "<si><t")) return nullptr;
  if (*at != '>' && !skip(at, R"( xml:space="preserve")")) return nullptr;
  if (*at++ != '>') return nullptr;
  return read_text(at, end, "</t></si>", text);
}

}  // namespace switchboard::input
