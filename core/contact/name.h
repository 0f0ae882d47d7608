#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace switchboard::contact {

/// Trimmed, blanks collapsed, control characters out. A name in vCard order ("Doe;Jane;;Dr.;", also with escaped semicolons)
/// is put as people say it: "Dr. Jane Doe".
std::string clean_name(std::string_view text);

/// The non-empty parts, cleaned, with single spaces between: "first middle last".
std::string join_name(std::initializer_list<std::string_view> parts);

struct SplitName {
  std::string prefix;  ///< titles before it: "Mrs", "Prof. Dr.", "Dr. med."
  std::string first;   ///< everything before the last name
  std::string last;    ///< the last word with its particles ("van der Berg"); empty where the name has one word and no title
  std::string suffix;  ///< "Jr.", "III", "PhD"
};

/// A full name taken apart: titles and suffixes off, the last name is the last word with the particles before it; "Last,
/// First" and "Last;First;;;" are understood. Initials ("M.S. Dhoni") are no titles. A guess by nature: it is only used where
/// a vendor wants the parts and the source has none.
SplitName split_name(std::string_view full_name);

/// How many words in capitals stand before the others, as French and other lists write the last name: 2 of "DE GAULLE Charles". 0:
/// none, all of them, or capitals behind others, too.
std::size_t capitals_before(std::string_view full_name);
/// As split_name(), for a list in which capitals are the last name: "MÜLLER Hans" is Hans Müller's, whatever comes first.
SplitName split_by_capitals(std::string_view full_name);

/// The first word of the first name of a full name; of the name, where it has none.
std::string first_word_of_first_name(std::string_view full_name);
/// The same of a name that need not be taken apart, which nearly all are: a part of it; empty: it is no such one.
std::string_view plain_first_word(std::string_view full_name);

}  // namespace switchboard::contact
