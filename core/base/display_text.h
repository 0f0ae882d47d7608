#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Text as people are shown it, on a terminal or a page.
namespace switchboard {

/// What a character does to the text around it where it is shown.
enum class Effect {
  None,
  Breaks,   ///< a control character, a line or paragraph separator: tears a line, moves the cursor
  Reorders  ///< a sign of the bidirectional algorithm (UAX #9): lets text be read in another order than it has
};
/// `character`: the bytes of one well-formed UTF-8 sequence.
Effect effect_of(std::string_view character);

/// One line of valid UTF-8 that cannot move a cursor or turn its neighbours round: runs of breaking characters become one
/// blank, none at the ends; reordering ones go; bytes that are no UTF-8 become U+FFFD.
std::string one_line(std::string_view text);
/// The same for several lines: '\n' stays.
std::string plain_lines(std::string_view text);

/// At most that many characters, "…" included.
std::string clipped(std::string_view text, std::size_t characters);
/// Characters in a text of UTF-8.
std::size_t characters_in(std::string_view text);

/// "1,234,567"
std::string with_separators(std::uint64_t number);
/// "1 row", "1,199 rows": nouns that take an s.
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace switchboard
