#include "core/mapping/columns/header_words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/each_part.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"

namespace switchboard::mapping {
namespace {

enum class LetterKind : std::uint8_t { Separator, Lower, Upper, Digit };

constexpr auto kAsciiKinds = [] {
  std::array<LetterKind, 128> kinds{};
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = LetterKind::Digit;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = LetterKind::Upper;
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = LetterKind::Lower;
  return kinds;
}();

LetterKind kind_of(char32_t c) {
  if (c < kAsciiKinds.size()) return kAsciiKinds[c];
  const auto point = static_cast<UChar32>(c);
  if (u_isdigit(point) != 0) return LetterKind::Digit;
  if (u_isupper(point) != 0) return LetterKind::Upper;
  // Marks belong to their letter: Indic vowels and the like are not separators.
  if (u_isalpha(point) != 0 ||
      (u_charType(point) >= U_NON_SPACING_MARK && u_charType(point) <= U_COMBINING_SPACING_MARK)) {
    return LetterKind::Lower;
  }
  return LetterKind::Separator;
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BC || c == '`'; }

struct Point {
  char32_t c;
  LetterKind kind;
};

std::vector<Point> read(std::string_view header) {
  std::vector<Point> points;
  points.reserve(header.size());
  for (std::size_t at = 0; at < header.size();) {
    const char32_t c = contact::next_code_point(header, at);
    if (c == U'№') {
      points.push_back({' ', LetterKind::Separator});
      points.push_back({'n', LetterKind::Lower});
      points.push_back({'o', LetterKind::Lower});
    } else {
      points.push_back({c, kind_of(c)});
    }
  }
  return points;
}

}  // namespace

std::vector<std::string> header_words(std::string_view header) {
  const std::vector<Point> points = read(header);
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    if (!word.empty()) words.push_back(contact::fold(word));
    word.clear();
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto [c, kind] = points[i];
    if (kind == LetterKind::Separator) {
      // The English genitive is no word of its own; elsewhere an apostrophe elides ("l'entreprise") or
      // belongs ("ім'я").
      const bool genitive = is_apostrophe(c) && i + 1 < points.size() &&
                            (points[i + 1].c == 's' || points[i + 1].c == 'S') &&
                            (i + 2 == points.size() || points[i + 2].kind == LetterKind::Separator);
      close();
      if (genitive) ++i;
      continue;
    }
    if (!word.empty()) {
      const LetterKind before = points[i - 1].kind;
      const bool letter_digit = (kind == LetterKind::Digit) != (before == LetterKind::Digit);
      const bool hump = kind == LetterKind::Upper && before == LetterKind::Lower;
      const bool acronym_end = kind == LetterKind::Upper && before == LetterKind::Upper && i + 1 < points.size() &&
                               points[i + 1].kind == LetterKind::Lower;
      if (letter_digit || hump || acronym_end) close();
    }
    append_utf8(word, c);
  }
  close();
  return words;
}

std::string header_key(std::string_view header) {
  std::string key;
  // ASCII needs no words for it (cells of notes are asked for every row: that was a sixth of `check`).
  if (std::none_of(header.begin(), header.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    key.reserve(header.size());
    const auto is_separator = [](char c) { return kAsciiKinds[static_cast<unsigned char>(c)] == LetterKind::Separator; };
    for (std::size_t at = 0; at < header.size(); ++at) {
      const char c = header[at];
      if (!is_separator(c)) {
        key += ascii_lower(c);
      } else if (is_apostrophe(static_cast<unsigned char>(c)) && at + 1 < header.size() && ascii_lower(header[at + 1]) == 's' &&
                 (at + 2 == header.size() || is_separator(header[at + 2]))) {
        ++at;
      }
    }
    return key;
  }
  for (const std::string& word : header_words(header)) key += word;
  return key;
}

std::unordered_set<std::string> header_keys(std::string_view list) {
  std::unordered_set<std::string> keys;
  each_part(list, [&](std::string_view part) { keys.insert(header_key(part)); });
  keys.erase("");
  return keys;
}

std::string mended_header(std::string_view header) {
  if (contact::is_undamaged(header)) return std::string(header);
  contact::RepairedText repaired = contact::repair_text(header);
  return repaired.code != nullptr && repaired.code == std::string_view("text.repaired") ? std::move(repaired.text) : std::string(header);
}

bool is_number_word(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> two_back(b.size() + 1), back(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) back[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = back[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, back[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
    two_back.swap(back);
    back.swap(row);
  }
  return std::min(back[b.size()], limit + 1);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace switchboard::mapping
