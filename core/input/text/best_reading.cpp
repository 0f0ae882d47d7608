#include "core/input/text/best_reading.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/input/text/charset.h"
#include "core/input/text/language_letters.h"

namespace switchboard::input {
namespace {

/// In this order a tie goes to the earlier one.
constexpr const char* kCandidates[] = {"windows-1252", "macintosh", "IBM850",      "IBM437", "windows-1250", "IBM852",
                                       "Shift_JIS",    "EUC-JP",    "windows-949", "Big5",   "GB18030",      "x-mac-cyrillic"};
/// How much better a reading must be than the guess: about one character that cannot be against one that can.
constexpr double kClearlyBetter = 4;
/// Enough to judge by; more only costs time.
constexpr std::size_t kMaxJudgedBytes = std::size_t{16} << 10;

bool has_high_byte(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Only lines that have something to judge.
std::string telling_lines(std::string_view lines) {
  std::string telling;
  while (!lines.empty() && telling.size() < kMaxJudgedBytes) {
    const auto end = std::min(lines.find_first_of("\r\n"), lines.size());
    const auto line = lines.substr(0, end);
    if (has_high_byte(line)) (telling += line) += '\n';
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return telling;
}

std::u32string points_of(std::string_view utf8) {
  std::u32string points;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(utf8.size());) {
    UChar32 point = 0;
    U8_NEXT(utf8.data(), at, static_cast<std::int32_t>(utf8.size()), point);
    points += static_cast<char32_t>(point < 0 ? 0xFFFD : point);
  }
  return points;
}

/// The ordinal signs (3º, Mª) are letters to Unicode, and parts of no word.
bool is_ordinal(char32_t c) { return c == U'º' || c == U'ª'; }
bool is_letter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0 && !is_ordinal(c); }
bool is_lower(char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; }
bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; }
char32_t lower(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }

UScriptCode script_of(char32_t c) {
  UErrorCode code = U_ZERO_ERROR;
  const auto script = uscript_getScript(static_cast<UChar32>(c), &code);
  return U_SUCCESS(code) ? script : USCRIPT_UNKNOWN;
}

bool contains(std::u32string_view list, char32_t c) { return list.find(c) != std::u32string_view::npos; }

/// Characters that cannot stand in a list of people at all.
bool is_impossible(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return (c >= 0x80 && c < 0xA0) || c == 0xFFFD || type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED ||
         (c >= 0x2500 && c < 0x2600);  // lines and blocks of DOS screens
}

double symbol_score(char32_t c, bool letter_before, bool letter_after) {
  constexpr std::u32string_view kQuotes = U"\u2019\u2018\u00B4";
  constexpr std::u32string_view kBlanks = U"\u00A0\u00AD\u3000";
  constexpr std::u32string_view kAsianMarks = U"・、。（）「」＠－ー〒①②③㈱℡№";
  if (contains(kAsianMarks, c)) return 1;
  if (contains(kBlanks, c)) return 0;
  if (is_ordinal(c) && !letter_after) return 1.5;
  if (letter_before && letter_after) return contains(kQuotes, c) || c == U'·' ? 0.5 : -4;
  if (letter_before || letter_after) return contains(kQuotes, c) || contains(U"ºª“”«»°", c) ? -0.5 : -3;
  return -0.5;
}

double asian_score(char32_t c, UScriptCode script) {
  if (c >= 0xFF61 && c <= 0xFF9F) return -2;  // narrow katakana: what chance gives in Shift_JIS
  if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) return 2.5;
  if (script == USCRIPT_HANGUL) return contains(kKoreanSyllables, c) ? 3 : 0.5;
  if (contains(kJapaneseCharacters, c) || contains(kChineseCharacters, c)) return 3;
  return -0.5;
}

double other_score(char32_t c, UScriptCode script) {
  if (script != USCRIPT_CYRILLIC) return 2;
  const char32_t small = lower(c);
  return (small >= U'а' && small <= U'я') || contains(U"ёіїєґў", small) ? 2 : -1;
}

bool is_asian(UScriptCode script) {
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HANGUL;
}

double latin_score(std::u32string_view word, std::size_t at) {
  const char32_t small = lower(word[at]);
  const char32_t next = at + 1 < word.size() ? lower(word[at + 1]) : U' ';
  double score = contains(kFrequentLetters, small) ? 2.5 : contains(kUsualLetters, small) ? 1.5 : -1.5;
  if (next == U' ' && contains(kSeldomLast, small)) score -= 1.5;
  if (small == U'ã' && !contains(U"oein ", next)) score -= 3;  // São, Mães, Guimarães, Irmã
  return score;
}

/// A capital behind a small letter, or a small letter behind two capitals, where a letter beyond ASCII is one of them.
double case_score(std::u32string_view word, std::size_t at) {
  const char32_t c = word[at];
  if (at > 0 && is_upper(c) && is_lower(word[at - 1]) && (c >= 0x80 || word[at - 1] >= 0x80)) return -5;
  const bool beyond = c >= 0x80 || (at > 0 && word[at - 1] >= 0x80) || (at > 1 && word[at - 2] >= 0x80);
  if (at > 1 && is_lower(c) && is_upper(word[at - 1]) && is_upper(word[at - 2]) && beyond) return -3;
  return 0;
}

/// Whether one language has all letters of the word that are beyond ASCII.
bool is_of_one_language(std::u32string_view word) {
  return std::any_of(std::begin(kAlphabets), std::end(kAlphabets), [&](std::u32string_view alphabet) {
    return std::all_of(word.begin(), word.end(), [&](char32_t c) { return c < 0x80 || contains(alphabet, lower(c)); });
  });
}

double word_score(std::u32string_view word) {
  double score = 0;
  bool latin = false, other = false, korean = false, japanese_or_chinese = false;
  std::size_t beyond = 0;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const char32_t c = word[at];
    const auto script = script_of(c);
    (script == USCRIPT_LATIN ? latin : other) = true;
    score += case_score(word, at);
    if (c < 0x80) continue;
    ++beyond;
    korean = korean || script == USCRIPT_HANGUL;
    japanese_or_chinese = japanese_or_chinese || (is_asian(script) && script != USCRIPT_HANGUL);
    score += script == USCRIPT_LATIN ? latin_score(word, at) : is_asian(script) ? asian_score(c, script) : other_score(c, script);
  }
  const auto each = static_cast<double>(beyond);
  if (beyond == 0) return 0;
  if (latin && other) return score - 4 * each;
  if (korean && japanese_or_chinese) score -= each;
  if (latin) score += is_of_one_language(word) ? each : -1.5 * each;
  return score;
}

std::optional<double> score_of(const std::string& name, std::string_view lines) {
  auto charset = Charset::open(name);
  std::string text;
  if (charset == nullptr || !charset->append_utf8(lines, text)) return std::nullopt;
  return reading_score(text);
}

}  // namespace

double reading_score(std::string_view utf8) {
  const std::u32string points = points_of(utf8);
  double score = 0;
  for (std::size_t i = 0; i < points.size();) {
    if (is_letter(points[i]) && !is_impossible(points[i])) {
      std::size_t end = i;
      while (end < points.size() && is_letter(points[end]) && !is_impossible(points[end])) ++end;
      score += word_score(std::u32string_view(points).substr(i, end - i));
      i = end;
      continue;
    }
    if (points[i] >= 0x80) {
      const bool before = i > 0 && is_letter(points[i - 1]);
      const bool after = i + 1 < points.size() && is_letter(points[i + 1]);
      score += is_impossible(points[i]) ? -6 : symbol_score(points[i], before, after);
    }
    ++i;
  }
  return score;
}

std::string best_reading(const std::string& guess, std::string_view lines) {
  const std::string telling = telling_lines(lines);
  const auto of_guess = score_of(guess, telling);
  std::string best = guess;
  double best_score = of_guess ? *of_guess + kClearlyBetter : -1e9;
  for (const char* candidate : kCandidates) {
    if (guess == candidate) continue;
    const auto score = score_of(candidate, telling);
    if (!score || *score <= best_score) continue;
    auto charset = Charset::open(candidate);
    best = charset->name();
    best_score = *score;
  }
  return best;
}

}  // namespace switchboard::input
