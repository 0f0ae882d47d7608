#include "core/contact/misread_utf8.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

/// An encoding that UTF-8 is read in by mistake.
struct Misreading {
  const char* charset;          ///< ICU's name
  std::u32string_view leads;    ///< what first bytes look like then, and hardly ever is meant; empty: any
  std::u32string_view not_behind;  ///< letters that do stand behind a lead in real names
  bool words = false;           ///< its leads are ordinary letters: only two and more characters in a row count
};

constexpr Misreading kMisreadings[] = {
    {"windows-1252", U"", U"", false},
    {"windows-1250", U"ĂĹ", U"ŞşŠŚŤŽŹ", false},  // BĂŞESCU, DĹŽKA
    {"macintosh", U"√≈ƒ¬‚", U"", false},
    {"ibm-850", U"├┬─┼Ô", U"", false},
    {"ibm-437", U"├┬─┼Γ", U"", false},
    {"windows-1251", U"РСГВ", U"", true},
};

/// The characters of bytes 80 to FF; U+FFFD: none.
using HighHalf = std::array<char32_t, 128>;

HighHalf high_half(const char* charset) {
  HighHalf characters;
  characters.fill(0xFFFD);
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset, &status);
  for (std::size_t i = 0; U_SUCCESS(status) != 0 && i < characters.size(); ++i) {
    const char byte = static_cast<char>(0x80 + i);
    std::array<UChar, 4> wide{};
    UErrorCode one = U_ZERO_ERROR;
    if (ucnv_toUChars(converter, wide.data(), static_cast<std::int32_t>(wide.size()), &byte, 1, &one) == 1 && U_SUCCESS(one) != 0)
      characters[i] = wide[0];
  }
  if (converter != nullptr) ucnv_close(converter);
  return characters;
}

const std::array<HighHalf, std::size(kMisreadings)>& high_halves() {
  static const auto all = [] {
    std::array<HighHalf, std::size(kMisreadings)> made;
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = high_half(kMisreadings[i].charset);
    return made;
  }();
  return all;
}

/// The byte that looks like the character; -1: none. C1 controls stand for the bytes that a charset leaves open.
int byte_of(const HighHalf& characters, char32_t c) {
  const auto found = std::find(characters.begin(), characters.end(), c);
  if (found != characters.end()) return static_cast<int>(found - characters.begin()) + 0x80;
  return c >= 0x80 && c < 0xA0 ? static_cast<int>(c) : -1;
}

/// Characters that names are written with: a pair such as É’ also looks like two bytes of one, but of a phonetic sign.
bool is_likely(char32_t c) {
  return (c >= 0xA0 && c <= 0x17F) || (c >= 0x1A0 && c <= 0x1B0) || (c >= 0x218 && c <= 0x21B) || (c >= 0x386 && c <= 0x3CE) ||
         (c >= 0x400 && c <= 0x45F) || (c >= 0x490 && c <= 0x493) || (c >= 0x5D0 && c <= 0x5EA) || (c >= 0x621 && c <= 0x6D2) ||
         (c >= 0x900 && c <= 0xDFF) || (c >= 0xE00 && c <= 0xE7F) || (c >= 0x1E00 && c <= 0x1EFF) ||
         (c >= 0x2010 && c <= 0x2026) || c == 0x20AC || c == 0x2122 || (c >= 0x3005 && c <= 0x30FF) ||
         (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xFF01 && c <= 0xFFEF) || c == 0xFEFF ||
         (c >= 0x1F000 && c <= 0x1FAFF);
}

bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x45F; }

/// The character whose bytes begin at `at`, which moves behind them; 0: there is none.
char32_t meant_at(std::string_view text, std::size_t& at, const Misreading& how, const HighHalf& characters) {
  std::size_t behind = at;
  const char32_t first = next_code_point(text, behind);
  if (first < 0x80 || (!how.leads.empty() && how.leads.find(first) == std::u32string_view::npos)) return 0;
  const int lead = byte_of(characters, first);
  const std::size_t more = lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
  if (more == 0) return 0;
  std::string bytes(1, static_cast<char>(lead));
  while (bytes.size() <= more && behind < text.size()) {
    const char32_t next = next_code_point(text, behind);
    const int byte = next < 0x80 || how.not_behind.find(next) != std::u32string_view::npos ? -1 : byte_of(characters, next);
    if (byte < 0x80 || byte > 0xBF) return 0;
    bytes += static_cast<char>(byte);
  }
  if (bytes.size() <= more) return 0;
  std::size_t end = 0;
  const char32_t meant = next_code_point(bytes, end);
  if (end != bytes.size() || !is_likely(meant) || (how.words && !is_cyrillic(meant) && meant > 0xFF)) return 0;
  at = behind;
  return meant;
}

/// A letter that is another byte of the same text, beside one that was put together again: its neighbours are gone.
bool is_orphan(char32_t c, const HighHalf& characters) {
  return c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7 && byte_of(characters, c) >= 0x80;
}

bool undo(std::string& text, const Misreading& how, const HighHalf& characters, bool& torn) {
  std::string out;
  bool found = false, behind_run = false;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    std::string run;
    std::size_t length = 0;
    while (at < text.size()) {
      const char32_t meant = meant_at(text, at, how, characters);
      if (meant == 0) break;
      append_utf8(run, meant);
      ++length;
    }
    if (length > (how.words ? 1U : 0U)) {
      torn = torn || is_orphan(before, characters);
      out += run;
      found = behind_run = true;
      before = 0;
      continue;
    }
    at = begin;
    before = next_code_point(text, at);
    torn = torn || (std::exchange(behind_run, false) && is_orphan(before, characters));
    out.append(text, begin, at - begin);
  }
  text = std::move(out);
  return found;
}

/// Bit i: misreading i has the character as a first byte. Most names hold none at all, and are not looked through six times.
std::uint8_t misreadings_with_lead(char32_t c) {
  constexpr std::size_t kEnd = 0x2600;  // only the Mac's apple stands beyond
  static const auto table = [] {
    static_assert(std::size(kMisreadings) <= 8);
    std::array<std::uint8_t, kEnd> made{};
    for (std::size_t i = 0; i < std::size(kMisreadings); ++i) {
      for (std::size_t byte = 0xC2; byte < 0xF5; ++byte) {
        const char32_t lead = high_halves()[i][byte - 0x80];
        if (lead < kEnd && (kMisreadings[i].leads.empty() || kMisreadings[i].leads.find(lead) != std::u32string_view::npos))
          made[lead] = static_cast<std::uint8_t>(made[lead] | 1U << i);
      }
    }
    return made;
  }();
  return c < kEnd ? table[c] : c == 0xF8FF ? 0xFF : 0;
}

std::uint8_t misreadings_in(std::string_view text) {
  std::uint8_t found = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
    } else {
      found |= misreadings_with_lead(next_code_point(text, at));
    }
  }
  return found;
}

}  // namespace

bool undo_misread_utf8(std::string& text, bool& torn) {
  const std::uint8_t worth = misreadings_in(text);
  for (std::size_t i = 0; i < std::size(kMisreadings); ++i) {
    if ((worth >> i & 1U) == 0) continue;
    std::string attempt = text;
    bool gaps = false;
    if (!undo(attempt, kMisreadings[i], high_halves()[i], gaps)) continue;
    if (gaps) {
      torn = true;
      continue;
    }
    text = std::move(attempt);
    return true;
  }
  return false;
}

}  // namespace switchboard::contact
