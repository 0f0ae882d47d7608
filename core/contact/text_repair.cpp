#include "core/contact/text_repair.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "core/contact/misread_utf8.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

struct Entity {
  std::string_view name;
  char32_t character;
};

/// Those of HTML that stand in names; ordered by name.
constexpr Entity kEntities[] = {
    {"AElig", 0xC6}, {"Aacute", 0xC1}, {"Abreve", 0x102}, {"Acirc", 0xC2}, {"Agrave", 0xC0}, {"Amacr", 0x100},
    {"Aogon", 0x104}, {"Aring", 0xC5}, {"Atilde", 0xC3}, {"Auml", 0xC4}, {"Cacute", 0x106}, {"Ccaron", 0x10C},
    {"Ccedil", 0xC7}, {"Dstrok", 0x110}, {"ETH", 0xD0}, {"Eacute", 0xC9}, {"Ecaron", 0x11A}, {"Ecirc", 0xCA},
    {"Egrave", 0xC8}, {"Emacr", 0x112}, {"Eogon", 0x118}, {"Euml", 0xCB}, {"Gbreve", 0x11E}, {"Iacute", 0xCD},
    {"Icirc", 0xCE}, {"Idot", 0x130}, {"Igrave", 0xCC}, {"Imacr", 0x12A}, {"Iuml", 0xCF}, {"Lstrok", 0x141},
    {"Nacute", 0x143}, {"Ncaron", 0x147}, {"Ntilde", 0xD1}, {"OElig", 0x152}, {"Oacute", 0xD3}, {"Ocirc", 0xD4},
    {"Odblac", 0x150}, {"Ograve", 0xD2}, {"Omacr", 0x14C}, {"Oslash", 0xD8}, {"Otilde", 0xD5}, {"Ouml", 0xD6},
    {"Rcaron", 0x158}, {"Sacute", 0x15A}, {"Scaron", 0x160}, {"Scedil", 0x15E}, {"THORN", 0xDE}, {"Uacute", 0xDA},
    {"Ucirc", 0xDB}, {"Udblac", 0x170}, {"Ugrave", 0xD9}, {"Umacr", 0x16A}, {"Uring", 0x16E}, {"Uuml", 0xDC},
    {"Yacute", 0xDD}, {"Yuml", 0x178}, {"Zacute", 0x179}, {"Zcaron", 0x17D}, {"Zdot", 0x17B}, {"aacute", 0xE1},
    {"abreve", 0x103}, {"acirc", 0xE2}, {"aelig", 0xE6}, {"agrave", 0xE0}, {"amacr", 0x101}, {"amp", 0x26},
    {"aogon", 0x105}, {"apos", 0x27}, {"aring", 0xE5}, {"atilde", 0xE3}, {"auml", 0xE4}, {"bdquo", 0x201E},
    {"cacute", 0x107}, {"ccaron", 0x10D}, {"ccedil", 0xE7}, {"circ", 0x2C6}, {"copy", 0xA9}, {"deg", 0xB0},
    {"divide", 0xF7}, {"dstrok", 0x111}, {"eacute", 0xE9}, {"ecaron", 0x11B}, {"ecirc", 0xEA}, {"egrave", 0xE8},
    {"emacr", 0x113}, {"eogon", 0x119}, {"eth", 0xF0}, {"euml", 0xEB}, {"euro", 0x20AC}, {"gbreve", 0x11F}, {"gt", 0x3E},
    {"hellip", 0x2026}, {"iacute", 0xED}, {"icirc", 0xEE}, {"iexcl", 0xA1}, {"igrave", 0xEC}, {"imacr", 0x12B},
    {"inodot", 0x131}, {"iquest", 0xBF}, {"iuml", 0xEF}, {"laquo", 0xAB}, {"ldquo", 0x201C}, {"lsquo", 0x2018},
    {"lstrok", 0x142}, {"lt", 0x3C}, {"mdash", 0x2014}, {"middot", 0xB7}, {"nacute", 0x144}, {"nbsp", 0xA0},
    {"ncaron", 0x148}, {"ndash", 0x2013}, {"ntilde", 0xF1}, {"oacute", 0xF3}, {"ocirc", 0xF4}, {"odblac", 0x151},
    {"oelig", 0x153}, {"ograve", 0xF2}, {"omacr", 0x14D}, {"ordf", 0xAA}, {"ordm", 0xBA}, {"oslash", 0xF8},
    {"otilde", 0xF5}, {"ouml", 0xF6}, {"quot", 0x22}, {"raquo", 0xBB}, {"rcaron", 0x159}, {"rdquo", 0x201D}, {"reg", 0xAE},
    {"rsquo", 0x2019}, {"sacute", 0x15B}, {"sbquo", 0x201A}, {"scaron", 0x161}, {"scedil", 0x15F}, {"shy", 0xAD},
    {"szlig", 0xDF}, {"thorn", 0xFE}, {"tilde", 0x2DC}, {"times", 0xD7}, {"trade", 0x2122}, {"uacute", 0xFA},
    {"ucirc", 0xFB}, {"udblac", 0x171}, {"ugrave", 0xF9}, {"umacr", 0x16B}, {"uring", 0x16F}, {"uuml", 0xFC},
    {"yacute", 0xFD}, {"yuml", 0xFF}, {"zacute", 0x17A}, {"zcaron", 0x17E}, {"zdot", 0x17C},
};

/// The character of `&…;` at the start of the text, and how long that is; 0: there is none.
char32_t entity_at(std::string_view text, std::size_t& length) {
  constexpr std::size_t kLongestTag = 10;
  const auto end = text.substr(0, kLongestTag).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  length = end + 1;
  const std::string_view name = text.substr(1, end - 1);
  if (name.front() != '#') {
    const auto* found = std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                                         [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
    return found != std::end(kEntities) && found->name == name ? found->character : 0;
  }
  const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
  char32_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'                  ? c - '0'
                      : hexadecimal && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hexadecimal && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                            : -1;
    if (digit < 0) return 0;
    value = value * (hexadecimal ? 16U : 10U) + static_cast<char32_t>(digit);
  }
  const bool usable = value >= 0x20 && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF) && !is_control(value);
  return digits.empty() || !usable ? 0 : value;
}

/// False: there were none.
bool decode_entities(std::string& text) {
  if (text.find('&') == std::string::npos || text.find(';') == std::string::npos) return false;
  std::string out;
  bool found = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const char32_t c = text[at] == '&' ? entity_at(std::string_view(text).substr(at), length) : 0;
    if (c == 0) {
      out += text[at++];
      continue;
    }
    append_utf8(out, c);
    at += length;
    found = true;
  }
  text = std::move(out);
  return found;
}

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

/// Why the text is not as it was meant; nullptr: nothing is to be seen.
const char* damage_in(std::string_view text) {
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    std::size_t after = at;
    const char32_t next = at < text.size() ? next_code_point(text, after) : 0;
    if (c == 0xFFFD) return "has lost characters to a wrong encoding";
    if (c >= 0x80 && c < 0xA0 && c != 0x85) return "holds control characters of a wrong encoding";
    if (c == '?' && is_letter(before)) {
      std::size_t behind = at;
      while (behind < text.size() && text[behind] == '?') ++behind;
      if (behind < text.size() && is_letter(next_code_point(text, behind))) return "seems to have lost letters to a wrong encoding";
    }
    // Halves of what undo_misread_utf8 looks for; Â and Ã stand before letters in real names.
    if ((c == 0xC2 || c == 0xC3) && next >= 0x80 && !is_letter(next) && next != 0x2019) return "was read in a wrong encoding";
    // √ of the Mac, boxes of DOS.
    if (c == 0x221A || (c >= 0x2500 && c <= 0x256C)) return "was read in a wrong encoding";
    if (c == 0xE2 && next == 0x20AC) return "was read in a wrong encoding";
    before = c;
  }
  return nullptr;
}

bool is_spreadsheet_error(std::string_view text) {
  static constexpr std::string_view kErrors[] = {"#NAME?", "#N/A", "#VALUE!", "#REF!",  "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!",
                                                 "#SPILL!", "#CALC!", "#BLOCKED!", "#WERT!", "#BEZUG!", "#NV", "#NOM?", "#VALEUR!",
                                                 "#¡REF!", "#¿NOMBRE?", "#¡VALOR!", "#GETTING_DATA", "#FIELD!", "#CONNECT!"};
  if (text.size() >= 3 && text.find_first_not_of('#') == std::string_view::npos) return true;
  return std::find(std::begin(kErrors), std::end(kErrors), text) != std::end(kErrors);
}

/// `="Kim"`, a formula whose value is the text; false: it is none.
bool unwrap_formula(std::string& text) {
  std::string_view inner = trim(text);
  if (inner.size() < 4 || !inner.starts_with("=\"") || !inner.ends_with('"')) return false;
  inner = inner.substr(2, inner.size() - 3);
  std::string plain;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    plain += inner[at];
    if (inner[at] != '"') continue;
    if (at + 1 == inner.size() || inner[at + 1] != '"') return false;  // an operator follows: ="a"&"b"
    ++at;
  }
  text = std::move(plain);
  return true;
}

/// What a no-break space leaves when it was read in another encoding and then made a common one: "Â Tom", "TomÂ Moe".
bool remove_misread_space(std::string& text) {
  constexpr std::string_view kTrace = "\xC3\x82 ";
  bool found = false;
  for (std::size_t at = text.find(kTrace); at != std::string::npos; at = text.find(kTrace, at)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    if (before != ' ' && !(before >= 'a' && before <= 'z')) {
      ++at;
      continue;
    }
    text.erase(at, kTrace.size() - 1);
    found = true;
  }
  return found;
}

/// "\u00e9" of a program's text, "%C3%A9" of an address on the web: letters beyond ASCII written in it; false: there are none.
bool decode_escapes(std::string& text) {
  const auto hex = [&](std::size_t at, std::size_t count, std::uint32_t& value) {
    if (at + count > text.size()) return false;
    return std::from_chars(text.data() + at, text.data() + at + count, value, 16).ptr == text.data() + at + count;
  };
  std::string out;
  bool found = false, of_web = false;
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t value = 0;
    if (text.compare(at, 2, "\\u") == 0 && hex(at + 2, 4, value) && value >= 0xA0 && !(value >= 0xD800 && value <= 0xDFFF)) {
      append_utf8(out, value);
      at += 6;
      found = true;
      continue;
    }
    std::string bytes;
    while (at + 3 * bytes.size() < text.size() && text[at + 3 * bytes.size()] == '%' && hex(at + 3 * bytes.size() + 1, 2, value) && value >= 0x80)
      bytes += static_cast<char>(value);
    std::size_t end = 0;
    while (end < bytes.size() && next_code_point(bytes, end) != 0xFFFD) {
    }
    if (bytes.size() > 1 && end == bytes.size() && bytes.find_first_not_of('\0') == 0) {
      out += bytes;
      at += 3 * bytes.size();
      found = of_web = true;
      continue;
    }
    out += text[at++];
  }
  if (!found) return false;
  if (of_web && out.find(' ') == std::string::npos) std::replace(out.begin(), out.end(), '+', ' ');
  text = std::move(out);
  return true;
}

/// "Èâàí Ïåòðîâ": a word of nothing but letters with accents is another alphabet, read as Latin.
bool has_misread_alphabet(std::string_view text) {
  constexpr std::size_t kLeast = 4, kLeastDifferent = 3;
  std::size_t accents = 0;
  std::uint64_t seen = 0;
  bool pure = true;
  for (std::size_t at = 0; at <= text.size();) {
    const char32_t c = at < text.size() ? next_code_point(text, at) : U' ';
    if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) {
      ++accents;
      seen |= std::uint64_t{1} << (c - 0xC0);
    } else if (is_letter(c)) {
      pure = false;
    } else {
      if (pure && accents >= kLeast && static_cast<std::size_t>(std::popcount(seen)) >= kLeastDifferent) return true;
      accents = 0;
      seen = 0;
      pure = true;
      if (at >= text.size()) break;
    }
  }
  return false;
}

/// "????? ????": all letters of another script gone.
bool is_all_question_marks(std::string_view text) {
  return text.find_first_not_of("? .-") == std::string_view::npos && std::count(text.begin(), text.end(), '?') >= 3;
}

}  // namespace

/// Nothing but single letters with an accent between ASCII ones ("José"), and other scripts ("山田"): what was read in a wrong
/// encoding has two and more strange characters in a row, and other damage has characters of its own.
bool is_undamaged(std::string_view text) {
  enum Byte : std::uint8_t { kPlain, kMark, kWide };
  static constexpr auto kBytes = [] {
    std::array<Byte, 256> bytes{};
    for (const unsigned char c : {'&', '#', '?', '=', '%', '\\'}) bytes[c] = kMark;
    for (std::size_t c = 0x80; c < bytes.size(); ++c) bytes[c] = kWide;
    return bytes;
  }();
  for (std::size_t at = 0; at < text.size();) {
    const Byte byte = kBytes[static_cast<unsigned char>(text[at])];
    if (byte == kPlain) {
      ++at;
      continue;
    }
    if (byte == kMark) return false;
    const char32_t c = next_code_point(text, at);
    // Scripts that no charset which UTF-8 is misread in has: no damage looks like them.
    if ((c >= 0x530 && c < 0x2000) || (c >= 0x3000 && c < 0xD800)) continue;
    if (!is_letter(c) || c == 0xC2 || c == 0xC3 || (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80)) return false;
  }
  return true;
}

RepairedText repair_text(std::string_view raw) {
  RepairedText repaired;
  if (is_undamaged(raw)) {
    repaired.text = raw;
    return repaired;
  }
  if (is_spreadsheet_error(trim(raw)) || is_all_question_marks(raw)) {
    repaired.code = "text.damaged";
    repaired.problem = raw.find('#') != std::string_view::npos ? "is an error of a spreadsheet" : "has lost all its letters to a wrong encoding";
    return repaired;
  }
  repaired.text = raw;
  if (unwrap_formula(repaired.text)) {
    repaired.code = "text.repaired";
    repaired.problem = "was a spreadsheet's formula for text";
  }
  constexpr int kMostRounds = 3;
  for (int round = 0; round < kMostRounds; ++round) {
    if (!decode_entities(repaired.text)) break;
    repaired.code = "text.repaired";
    repaired.problem = "held HTML entities";
  }
  if (decode_escapes(repaired.text)) {
    repaired.code = "text.repaired";
    repaired.problem = "held the escapes of a program";
  }
  bool torn = false;
  for (int round = 0; round < kMostRounds; ++round) {
    if (!undo_misread_utf8(repaired.text, torn)) break;
    repaired.code = "text.repaired";
    repaired.problem = "had been read in a wrong encoding";
  }
  if (remove_misread_space(repaired.text)) {
    repaired.code = "text.repaired";
    repaired.problem = "had been read in a wrong encoding";
  }
  if (const char* problem = torn || has_misread_alphabet(repaired.text) ? "was read in a wrong encoding" : damage_in(repaired.text)) {
    repaired.code = "text.damaged";
    repaired.problem = problem;
  }
  return repaired;
}

}  // namespace switchboard::contact
