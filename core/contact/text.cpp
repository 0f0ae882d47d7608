#include "core/contact/text.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>

namespace switchboard::contact {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// Marks that only modify a letter we compare without them; kana voicing marks and Indic vowels are not among
/// them.
bool is_accent(char16_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) || (c >= 0x064B && c <= 0x065F) ||
         c == 0x0670;
}

/// Letters that have no decomposition but one obvious plain spelling.
std::u16string_view plain_spelling(char16_t c) {
  switch (c) {
    case u'ø':
      return u"o";
    case u'ł':
      return u"l";
    case u'đ':
    case u'ð':
      return u"d";
    case u'ı':
      return u"i";
    case u'æ':
      return u"ae";
    case u'œ':
      return u"oe";
    case u'þ':
      return u"th";
    default:
      return {};
  }
}

std::string fold_with_icu(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::u16string wide(text.size() * 2 + 8, u'\0');
  std::int32_t length = 0;
  u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &length, text.data(),
                       static_cast<std::int32_t>(text.size()), static_cast<UChar32>(kReplacement), nullptr,
                       &status);
  if (U_FAILURE(status) != 0) return std::string(text);
  wide.resize(static_cast<std::size_t>(length));

  const UNormalizer2* decompose = unorm2_getNFKDInstance(&status);
  const UNormalizer2* compose = unorm2_getNFCInstance(&status);
  std::u16string apart(wide.size() * 18 + 8, u'\0');  // 18: the longest NFKD expansion (Unicode 15, U+FDFA)
  length = unorm2_normalize(decompose, wide.data(), static_cast<std::int32_t>(wide.size()), apart.data(),
                            static_cast<std::int32_t>(apart.size()), &status);
  if (U_FAILURE(status) != 0) return std::string(text);
  apart.resize(static_cast<std::size_t>(length));

  std::u16string folded(apart.size() * 3 + 8, u'\0');
  length = u_strFoldCase(folded.data(), static_cast<std::int32_t>(folded.size()), apart.data(),
                         static_cast<std::int32_t>(apart.size()), U_FOLD_CASE_DEFAULT, &status);
  if (U_FAILURE(status) != 0) return std::string(text);
  folded.resize(static_cast<std::size_t>(length));

  std::u16string plain;
  plain.reserve(folded.size());
  for (const char16_t c : folded) {
    if (is_accent(c)) continue;
    if (const auto spelling = plain_spelling(c); !spelling.empty()) {
      plain += spelling;
    } else {
      plain += c;
    }
  }
  std::u16string together(plain.size() * 3 + 8, u'\0');
  length = unorm2_normalize(compose, plain.data(), static_cast<std::int32_t>(plain.size()), together.data(),
                            static_cast<std::int32_t>(together.size()), &status);
  if (U_FAILURE(status) != 0) return std::string(text);
  together.resize(static_cast<std::size_t>(length));

  std::string out;
  for (std::size_t at = 0; at < together.size(); ++at) {
    char32_t c = together[at];
    if (c >= 0xD800 && c < 0xDC00 && at + 1 < together.size()) {
      c = 0x10000 + ((c - 0xD800) << 10U) + (together[++at] - 0xDC00U);
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    return byte;
  }
  const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
  if (length == 0 || byte > 0xF4 || at + length > text.size()) {
    ++at;
    return kReplacement;
  }
  char32_t c = byte & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[at + i])) {
      ++at;
      return kReplacement;
    }
    c = (c << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  at += length;
  return c;
}

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

std::string_view trim(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t after = begin;
    if (!is_blank(next_code_point(text, after))) break;
    begin = after;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t start = end - 1;
    while (start > begin && is_continuation(text[start])) --start;
    std::size_t after = start;
    if (!is_blank(next_code_point(text, after))) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

std::string collapse(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
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
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return fold_with_icu(text);
  }
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace switchboard::contact
