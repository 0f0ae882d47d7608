#include "core/input/text/latin_guess.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "core/input/text/charset.h"

namespace switchboard::input {
namespace {

constexpr std::string_view kWestern = "windows-1252";

struct Language {
  std::string_view charsets;  // separated by blanks
  std::u32string_view letters;
};

// The letters beyond ASCII of each alphabet.
constexpr std::string_view kCentral = "windows-1250 ISO-8859-2 IBM852";
constexpr std::string_view kBaltic = "windows-1257 ISO-8859-13 ISO-8859-4";
constexpr Language kLanguages[] = {
    {kCentral, U"áčďéěíňóřšťúůýž"},    // Czech
    {kCentral, U"áäčďéíĺľňóôŕšťúýž"},  // Slovak
    {kCentral, U"ąćęłńóśźż"},          // Polish
    {kCentral, U"áéíóöőúüű"},          // Hungarian
    {kCentral, U"ăâîşţ"},              // Romanian
    {kCentral, U"čćđšž"},              // Croatian, Slovene
    {"windows-1254", U"çğıiöşüâîû"},   // Turkish
    {kBaltic, U"ąčęėįšųūž"},           // Lithuanian
    {kBaltic, U"āčēģīķļņšūž"},         // Latvian
    {kBaltic, U"äöõüšž"},              // Estonian
};
constexpr std::array<std::string_view, 7> kFamily = {
    "windows-1250", "ISO-8859-2", "IBM852", "windows-1254", "windows-1257", "ISO-8859-13", "ISO-8859-4"};

using Table = std::array<char32_t, 128>;

/// What the bytes from 0x80 on mean; 0: nothing.
Table table_of(Charset& charset) {
  Table table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char byte = static_cast<char>(i + 0x80);
    std::string text;
    if (!charset.append_utf8(std::string_view(&byte, 1), text)) continue;
    UChar32 point = 0;
    std::int32_t at = 0;
    U8_NEXT_UNSAFE(text.data(), at, point);
    table[i] = static_cast<char32_t>(point);
  }
  return table;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// How often each byte from 0x80 on stands beside a letter, and between two of them.
struct LetterCounts {
  std::array<std::size_t, 128> beside{};
  std::array<std::size_t, 128> between{};
};

LetterCounts count_letters(std::string_view sample) {
  LetterCounts counts;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto byte = static_cast<unsigned char>(sample[i]);
    if (byte < 0x80) continue;
    const bool before = i > 0 && is_word_byte(sample[i - 1]);
    const bool after = i + 1 < sample.size() && is_word_byte(sample[i + 1]);
    if (before || after) ++counts.beside[byte - 0x80];
    if (before && after) ++counts.between[byte - 0x80];
  }
  return counts;
}

bool has_word(std::string_view list, std::string_view word) {
  const auto at = list.find(word);
  return at != std::string_view::npos && (at + word.size() == list.size() || list[at + word.size()] == ' ');
}

/// The share, from 0 to 1, of the letters among `bytes` that the best alphabet of a charset explains.
template <class Concerns>
double explained_share(std::string_view charset, const Table& table, const LetterCounts& counts,
                       Concerns concerns) {
  double best = 0;
  for (const Language& language : kLanguages) {
    if (!has_word(language.charsets, charset)) continue;
    double all = 0;
    double explained = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (!concerns(i)) continue;
      all += static_cast<double>(counts.beside[i]);
      const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(table[i])));
      if (language.letters.find(small) != std::u32string_view::npos)
        explained += static_cast<double>(counts.beside[i]);
    }
    if (all > 0) best = std::max(best, explained / all);
  }
  return best;
}

/// Letters that windows-1252 has no letter for.
std::size_t count_symbols(const Table& western, const LetterCounts& counts) {
  constexpr char32_t kFeminine = U'ª';
  constexpr char32_t kMasculine = U'º';
  std::size_t symbols = 0;
  for (std::size_t i = 0; i < western.size(); ++i) {
    // Unicode has the ordinal signs for letters, but they stand at the end. Apostrophes, dashes and the
    // middle dot stand in words of any language.
    const bool mark = western[i] == U'\u2019' || western[i] == U'\u2018' || western[i] == U'\u2013' ||
                      western[i] == U'\u2014' || western[i] == U'·' || western[i] == U'´' ||
                      western[i] == U'\u00A0' || western[i] == U'\u00AD';
    const bool ordinal = western[i] == kFeminine || western[i] == kMasculine;
    if (!mark && (ordinal || !u_isalpha(static_cast<UChar32>(western[i])))) symbols += counts.between[i];
  }
  return symbols;
}

}  // namespace

std::string settle_latin(const std::string& guess, std::string_view sample) {
  const bool is_western = guess == kWestern;
  if (!is_western && std::find(kFamily.begin(), kFamily.end(), guess) == kFamily.end()) return guess;
  const LetterCounts counts = count_letters(sample);
  const Table western = table_of(*Charset::open(std::string(kWestern)));
  const std::size_t symbols = count_symbols(western, counts);
  if (is_western && symbols == 0) return guess;

  std::string best = guess;
  double best_share = 0;
  Table best_table = western;
  const auto try_charset = [&](const std::string& name) {
    auto charset = Charset::open(name);
    if (charset == nullptr) return;
    const Table table = table_of(*charset);
    const double share = explained_share(name, table, counts, [](std::size_t) { return true; });
    if (share <= best_share) return;
    best = name;
    best_share = share;
    best_table = table;
  };
  try_charset(guess);  // first, so that it wins a tie
  for (const std::string_view name : kFamily) try_charset(std::string(name));

  if (is_western) return best_share >= 0.9 ? best : guess;
  const double of_differing =
      explained_share(best, best_table, counts, [&](std::size_t i) { return best_table[i] != western[i]; });
  return of_differing >= 0.8 || (symbols > 0 && best_share >= 0.8) ? best
         : symbols > 0                                             ? guess
                                                                   : std::string(kWestern);
}

}  // namespace switchboard::input
