#include "core/contact/tables/fold_by_icu.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cstddef>
#include <cstdint>

#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

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

}  // namespace

std::string fold_by_icu(std::string_view text) {
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

}  // namespace switchboard::contact
