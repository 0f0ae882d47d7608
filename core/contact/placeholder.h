#pragma once

#include <cstdint>
#include <string_view>

namespace switchboard::contact {

/// True for a cell that stands for "nothing": blanks, dashes and brackets only, `n/a`, `NULL`, `\N`, `(none)`, "unbekannt", "не
/// указан", 無 …; `meaning` is that of the column (meaning.h) and says how many words count:
/// - phones and e-mail addresses: all of them, "no" in the large languages and zeros too, since none of them can be one;
/// - names: those that nobody is called (keine, aucun, なし); words that are also names (Null, Nan, Blank) unless they are
///   capitalised like a name;
/// - anything else ("" included): what programs write for nothing.
/// A spreadsheet's `#N/A` is one for phones and e-mails only: in other columns it is damage, to be told (text_repair.h).
bool is_placeholder(std::string_view text, std::string_view meaning);

/// The three cases above; asked once a column rather than once a cell.
enum class NothingWords : std::uint8_t { OfPrograms, OfNames, OfReach };
NothingWords nothing_words_of(std::string_view meaning);
bool is_placeholder(std::string_view text, NothingWords words);

/// The same of a part of a name, beside the other part: "NULL" next to "JENNIFER", or "Null" next to "Jennifer", is her name;
/// "null" or "NULL" next to "Jennifer" is none. "Brak" and "Yok" count as names here only.
bool is_placeholder_name(std::string_view text, std::string_view other_part);

/// The text stands in one of the lists, brackets and quotes around it off, whatever column it is in. Where it does not, only signs and
/// zeros can be nothing.
bool is_word_for_nothing(std::string_view text);

/// A folded word among the digits of a number says that there is none ("555-none"). Other words for nothing are numbers there, spelled by
/// the keys ("1-800-PRIVATE").
bool is_never_vanity(std::string_view word);

}  // namespace switchboard::contact
