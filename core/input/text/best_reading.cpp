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
constexpr const char* kCandidates[] = {"windows-1252", "ISO-8859-15", "macintosh", "IBM850", "IBM437",  "windows-1250",  "IBM852",
                                       "Shift_JIS",    "EUC-JP",      "windows-949", "Big5", "GB18030", "x-mac-cyrillic"};
/// How much better a reading must be than the guess: about one character that cannot be against one that can.
constexpr double kClearlyBetter = 4;
/// A reading with this much for each character beyond ASCII is not doubted.
constexpr double kGood = 1.75;
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

/// Unicode has the ordinal signs for letters; in words they stand for none.
bool is_letter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0 && c != U'ª' && c != U'º'; }
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

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// A character that is no letter, by what stands around it. windows-1252 has typographers' punctuation where Mac Roman and DOS
/// have letters: where it stands as it should, it speaks for itself.
double symbol_score(std::u32string_view text, std::size_t at) {
  const auto near = [&](std::ptrdiff_t step) {
    const auto place = static_cast<std::ptrdiff_t>(at) + step;
    return place >= 0 && place < static_cast<std::ptrdiff_t>(text.size()) ? text[static_cast<std::size_t>(place)] : U' ';
  };
  const char32_t c = text[at], before = near(-1), after = near(1);
  const bool inside = is_letter(before) && is_letter(after);
  if (contains(U"・、。（）「」＠－ー〒①②③㈱℡№", c)) return 1;
  if (contains(U"\u00A0\u00AD\u3000", c)) return 0;
  if (contains(U"£€¢¥°ºª½¼¾²³±×µ§", c) && (is_digit(before) || is_digit(after))) return 1.5;
  if (contains(U"\u2019\u2018\u00B4", c)) {
    // O’Brien, d’Angelo, Children’s, we’ll, the Smiths’
    if (!inside) return before == U's' ? 3 : 0;
    const bool one = contains(U"stdm", after) && !is_letter(near(2));
    const bool two = (after == U'l' ? near(2) == U'l' : (after == U'v' || after == U'r') && near(2) == U'e') && !is_letter(near(3));
    return is_upper(after) || !is_letter(near(-2)) || one || two ? 3.5 : -2;
  }
  if (contains(U"–—•", c)) return inside && !is_upper(after) ? -4 : 2;
  if (contains(U"“„«", c)) return is_letter(before) && c != U'“' ? -3 : 1.5;
  if (contains(U"”»", c)) return is_letter(after) ? -3 : 1.5;
  if (c == U'…') return is_letter(after) ? -3 : 3;
  if (contains(U"™®©", c)) return is_letter(after) && is_letter(before) ? -3 : 1.5;
  if (inside) return c == U'·' ? 0.5 : -4;
  if (is_letter(before) || is_letter(after)) return contains(U"º°ª", c) ? -0.5 : -3;
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
  if (at == 0 && contains(kSeldomFirst, word[at])) score -= 1.5;
  if (small == U'ã' && !contains(U"oein ", next)) score -= 3;  // São, Mães, Guimarães, Irmã
  return score;
}

constexpr double kTorn = -5;

/// A capital behind a small letter, or a small letter behind two capitals, where a letter beyond ASCII is one of them.
double case_score(std::u32string_view word, std::size_t at) {
  const char32_t c = word[at];
  if (at > 0 && is_upper(c) && is_lower(word[at - 1]) && (c >= 0x80 || word[at - 1] >= 0x80)) return kTorn;
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
  if (word.size() == 1 && latin) return std::min(score, -0.5);  // a letter alone is what a dash or a bullet becomes
  if (latin && other) return score - 4 * each;
  if (korean && japanese_or_chinese) score -= each;
  if (latin) score += is_of_one_language(word) ? each : -1.5 * each;
  return score;
}

struct Judgement {
  double score = 0;
  std::size_t beyond = 0;  ///< characters beyond ASCII
  bool torn = false;       ///< a word has a capital in it: "LefŐvre"
};

Judgement judge(std::string_view utf8) {
  const std::u32string points = points_of(utf8);
  const std::u32string_view text = points;
  Judgement judgement;
  judgement.beyond = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char32_t c) { return c >= 0x80; }));
  const auto is_word = [&](std::size_t at) { return at < text.size() && is_letter(text[at]) && !is_impossible(text[at]); };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (is_word(end)) ++end;
    if (end > i) {
      const std::u32string_view word = text.substr(i, end - i);
      judgement.score += word_score(word);
      for (std::size_t at = 0; at < word.size() && !judgement.torn; ++at) judgement.torn = case_score(word, at) == kTorn;
      const bool behind_digit = i > 0 && is_digit(text[i - 1]) && text[i] >= 0x80;
      const bool before_digit = end < text.size() && is_digit(text[end]) && text[end - 1] >= 0x80;
      if (behind_digit || before_digit) judgement.score -= 4;
      i = end;
      continue;
    }
    if (text[i] >= 0x80) judgement.score += is_impossible(text[i]) ? -6 : symbol_score(text, i);
    ++i;
  }
  return judgement;
}

std::optional<Judgement> judge_as(const std::string& name, std::string_view lines) {
  auto charset = Charset::open(name);
  std::string text;
  if (charset == nullptr || !charset->append_utf8(lines, text)) return std::nullopt;
  return judge(text);
}

}  // namespace

double reading_score(std::string_view utf8) { return judge(utf8).score; }

std::string best_reading(const std::string& guess, std::string_view lines) {
  const std::string telling = telling_lines(lines);
  const auto of_guess = judge_as(guess, telling);
  std::string best = guess;
  double best_score = -1e9;
  if (of_guess) {
    if (!of_guess->torn && of_guess->score >= kGood * static_cast<double>(of_guess->beyond)) return guess;
    best_score = of_guess->score + kClearlyBetter;
  }
  for (const char* candidate : kCandidates) {
    if (guess == candidate) continue;
    const auto judged = judge_as(candidate, telling);
    if (!judged || judged->score <= best_score) continue;
    auto charset = Charset::open(candidate);
    best = charset->name();
    best_score = judged->score;
  }
  return best;
}

}  // namespace switchboard::input
