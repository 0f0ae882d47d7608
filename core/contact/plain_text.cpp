#include "core/contact/plain_text.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/recent_texts.h"
#include "core/base/sixteen_bytes.h"
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

/// What stands anywhere in a text of kLongestPlain bytes at most.
struct Seen {
  bool others = false, wides = false, two_blanks = false;
};

#if defined(__SSE2__)
struct Range {
  unsigned char first, last;
};
/// The bytes of kOthers.
constexpr Range kOtherRanges[] = {{0, 0x1F}, {'#', '%'}, {';', '?'}, {'[', '^'}, {'`', '`'}, {'{', 0x7F}};
static_assert([] {
  for (std::size_t c = 0; c < kKinds.size(); ++c) {
    bool other = false;
    for (const Range range : kOtherRanges) other = other || (c >= range.first && c <= range.last);
    if (other != (kKinds[c] == kOthers)) return false;
  }
  return true;
}());

/// Sixteen bytes a step: with a table look-up a byte, this was the most of what such a cell took.
Seen look_at(std::string_view text) {
  static_assert(kLongestPlain < 64);
  std::uint64_t others = 0, wides = 0, blanks = 0;
  visit_sixteen_bytes(text, [&](std::size_t at, __m128i bytes) {
    __m128i other = _mm_setzero_si128();
    for (const Range range : kOtherRanges) other = _mm_or_si128(other, bytes_between(bytes, range.first, range.last));
    add_found(others, at, other);
    add_found(wides, at, bytes);
    add_found(blanks, at, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
  });
  const std::uint64_t all = (std::uint64_t{1} << text.size()) - 1;  // zeros behind it are others
  return {(others & all) != 0, wides != 0, (blanks & blanks >> 1) != 0};
}
#else
Seen look_at(std::string_view text) {
  std::uint8_t seen = 0;
  for (const char c : text) seen |= kinds_of(c);
  return {(seen & kOthers) != 0, (seen & kWides) != 0, text.find("  ") != std::string_view::npos};
}
#endif

bool is_unchanged(std::string_view cell) {
  if (!is_undamaged(cell)) {
    const RepairedText repaired = repair_text(cell);
    if (repaired.code != nullptr || repaired.text != cell) return false;
  }
  return clean_name(cell) == cell && !is_placeholder(cell, NothingWords::OfNames) && !is_word_for_nothing(cell);
}

}  // namespace

namespace {

/// is_unchanged(). Names and companies come again and again.
bool is_known_unchanged(std::string_view cell) {
  thread_local RecentTexts<bool> known;
  if (const auto answer = known.find(cell, 0)) return *answer;
  const bool plain = is_unchanged(cell);
  known.add(cell, 0, plain);
  return plain;
}

}  // namespace

bool is_plain_text(std::string_view cell) {
  if (cell.empty() || cell.size() > kLongestPlain) return false;
  const Seen seen = look_at(cell);
  if (seen.others || seen.two_blanks) return false;
  if (seen.wides) return is_known_unchanged(cell);  // other letters than those of ASCII are looked at closely
  // No list has a word that begins with a letter and ends as such a text does, brackets off, but the letters themselves say so.
  return kinds_of(cell.front()) == kLetters && ((kinds_of(cell.back()) & (kLetters | kDigits)) != 0 || cell.back() == '.') && !is_word_for_nothing(cell);
}

}  // namespace switchboard::contact
