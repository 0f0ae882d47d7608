#pragma once

#include <string_view>

namespace switchboard::input {

/// What a single cell looks like, judged by its text alone. Only used to tell data from headers and titles.
enum class CellKind {
  Empty,   ///< nothing, or white space only
  Email,   ///< an e-mail address and nothing else
  Phone,   ///< seven digits or more, with the usual punctuation and nothing else
  Number,  ///< digits with a sign, decimal or grouping marks; a year is Text, since headers have them too
  Date,    ///< a date or a date and time in digits
  Text,
};
CellKind kind_of(std::string_view cell);

/// Without white space at its ends: blank, tab, line ends, no-break space, the old end-of-file mark (0x1A).
std::string_view without_space(std::string_view cell);
/// Nothing but that white space. Nearly always the first byte settles it.
inline bool is_blank(std::string_view cell) {
  const bool may_begin_blank = cell.empty() || static_cast<unsigned char>(cell.front()) <= ' ' || cell.front() == '\xC2';
  return may_begin_blank && without_space(cell).empty();
}

/// E-mail addresses and phones stand in contacts, never in headers.
inline bool is_contact_datum(CellKind kind) { return kind == CellKind::Email || kind == CellKind::Phone; }

/// A short text with one of the words that column headers of contact lists are made of, in a dozen languages.
bool has_header_word(std::string_view cell);

}  // namespace switchboard::input
