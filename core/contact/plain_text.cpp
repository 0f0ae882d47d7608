#include "core/contact/plain_text.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/recent_texts.h"
#include "core/contact/name.h"
#include "core/contact/placeholder.h"
#include "core/contact/text_repair.h"

namespace switchboard::contact {
namespace {

/// Longer texts are no words for nothing, whatever stands in them, and hardly names.
constexpr std::size_t kLongestPlain = 60;

/// What a byte of a cell may be. Marks are those that stand for themselves between letters of ASCII.
constexpr std::uint8_t kLetters = 1, kDigits = 2, kBlanks = 4, kMarks = 8, kWides = 16, kOthers = 32;
constexpr auto kKinds = [] {
  std::array<std::uint8_t, 256> bytes{};
  for (std::size_t c = 0; c < bytes.size(); ++c) {
    bytes[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? kLetters
               : c >= '0' && c <= '9'                            ? kDigits
               : c >= 0x80                                       ? kWides
                                                                 : kOthers;
  }
  bytes[' '] = kBlanks;
  for (const unsigned char c : {'-', '.', ',', '\'', '"', '/', '+', '(', ')', '&', '@', ':', '!', '*', '_'}) bytes[c] = kMarks;
  return bytes;
}();

std::uint8_t kinds_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }

/// Without a way out, so that it takes many bytes a step.
bool has_two_blanks(std::string_view text) {
  unsigned found = 0;
  for (std::size_t at = 1; at < text.size(); ++at) found |= (text[at - 1] == ' ' ? 1U : 0U) & (text[at] == ' ' ? 1U : 0U);
  return found != 0;
}

bool is_unchanged(std::string_view cell) {
  if (!is_undamaged(cell)) {
    const RepairedText repaired = repair_text(cell);
    if (repaired.code != nullptr || repaired.text != cell) return false;
  }
  return clean_name(cell) == cell && !is_placeholder(cell, NothingWords::OfNames) && !is_word_for_nothing(cell);
}

}  // namespace

bool is_plain_text(std::string_view cell) {
  if (cell.empty() || cell.size() > kLongestPlain) return false;
  std::uint8_t seen = 0;
  for (const char c : cell) seen |= kinds_of(c);
  if ((seen & kOthers) != 0 || ((seen & kBlanks) != 0 && has_two_blanks(cell))) return false;
  // No list has a word that begins with a letter and ends as such a text does, brackets off, but the letters themselves say so.
  if ((seen & kWides) == 0)
    return kinds_of(cell.front()) == kLetters && ((kinds_of(cell.back()) & (kLetters | kDigits)) != 0 || cell.back() == '.') && !is_word_for_nothing(cell);
  // Other letters than those of ASCII are looked at closely, once while they come again and again.
  thread_local RecentTexts<bool> known;
  if (const auto answer = known.find(cell, 0)) return *answer;
  const bool unchanged = is_unchanged(cell);
  known.add(cell, 0, unchanged);
  return unchanged;
}

}  // namespace switchboard::contact
