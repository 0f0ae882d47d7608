#pragma once

#include <array>
#include <cstdint>

namespace switchboard::input {

/// What a byte is to XML (1.0, 2.2 and 2.3). Bytes from 0x80 on are text; whether they are UTF-8 is looked at beforehand.
enum : std::uint8_t { kXmlNameStart = 1, kXmlName = 2, kXmlSpace = 4, kXmlPlainText = 8, kXmlPlainValue = 16 };

inline constexpr std::array<std::uint8_t, 256> kXmlClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == ':';
    std::uint8_t is = 0;
    if (letter) is |= kXmlNameStart | kXmlName;
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') is |= kXmlName;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') is |= kXmlSpace;
    // 0xEF begins U+FFFE and U+FFFF, which XML does not have, among much that it has.
    if ((c >= 0x20 || c == '\t' || c == '\n') && c != '<' && c != '&' && c != ']' && c != 0xEF) is |= kXmlPlainText;
    if (c >= 0x20 && c != '<' && c != '&' && c != '"' && c != '\'' && c != 0xEF) is |= kXmlPlainValue;
    classes[c] = is;
  }
  return classes;
}();

inline bool is_xml(char c, std::uint8_t what) { return (kXmlClasses[static_cast<unsigned char>(c)] & what) != 0; }

/// Past the text that stands for itself: no tag, no entity, nothing that XML changes or may refuse.
inline const char* skip_plain_text(const char* at, const char* end) {
  while (at != end && is_xml(*at, kXmlPlainText)) ++at;
  return at;
}

}  // namespace switchboard::input
