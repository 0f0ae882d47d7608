#include "core/base/display_text.h"

#include "core/base/utf8.h"

namespace switchboard {
namespace {

std::string shown(std::string_view text, bool keeps_lines) {
  std::string out;
  const auto at_begin = [&] { return out.empty() || out.back() == ' ' || out.back() == '\n'; };
  for (std::size_t i = 0; i < text.size();) {
    // Nearly all of it, in one piece.
    std::size_t end = i;
    while (end < text.size() && text[end] >= ' ' && text[end] < 0x7F) ++end;
    out += text.substr(i, end - i);
    i = end;
    if (i == text.size()) break;
    const std::size_t length = utf8_length(text, i);
    const auto character = text.substr(i, length);
    i += length == 0 ? 1 : length;
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (keeps_lines && character == "\n") {
      out += '\n';
    } else if (const Effect effect = effect_of(character); effect == Effect::Breaks) {
      if (!at_begin()) out += ' ';
    } else if (effect == Effect::None) {
      out += character;
    }
  }
  while (!keeps_lines && !out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

Effect effect_of(std::string_view character) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F ? Effect::Breaks : Effect::None;
  if (character.size() == 2) {
    if (byte(0) == 0xC2 && byte(1) < 0xA0) return Effect::Breaks;              // U+0080 to U+009F
    return character == "\xD8\x9C" ? Effect::Reorders : Effect::None;          // U+061C
  }
  if (character.size() == 3 && byte(0) == 0xE2 && byte(1) == 0x80) {
    if (byte(2) == 0xA8 || byte(2) == 0xA9) return Effect::Breaks;             // U+2028, U+2029
    if (byte(2) == 0x8E || byte(2) == 0x8F) return Effect::Reorders;           // U+200E, U+200F
    if (byte(2) >= 0xAA && byte(2) <= 0xAE) return Effect::Reorders;           // U+202A to U+202E
  }
  if (character.size() == 3 && byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9)
    return Effect::Reorders;                                                   // U+2066 to U+2069
  return Effect::None;
}

std::string one_line(std::string_view text) { return shown(text, false); }
std::string plain_lines(std::string_view text) { return shown(text, true); }

std::string clipped(std::string_view text, std::size_t characters) {
  std::size_t end_before_last = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    if (count == characters) return std::string(text.substr(0, end_before_last)) + "…";
    if (count + 1 == characters) end_before_last = i;
    const std::size_t length = utf8_length(text, i);
    i += length == 0 ? 1 : length;
  }
  return std::string(text);
}

std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const std::size_t length = utf8_length(text, i);
    i += length == 0 ? 1 : length;
  }
  return count;
}

std::string with_separators(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return with_separators(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace switchboard
