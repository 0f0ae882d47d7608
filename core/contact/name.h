#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace switchboard::contact {

/// Trimmed, blanks collapsed, control characters out.
std::string clean_name(std::string_view text);

/// The non-empty parts, cleaned, with single spaces between: "first middle last".
std::string join_name(std::initializer_list<std::string_view> parts);

struct SplitName {
  std::string prefix;  ///< titles before it: "Mrs", "Prof. Dr."
  std::string first;   ///< everything before the last word
  std::string last;    ///< the last word; empty where the name has one word only and no title
  std::string suffix;  ///< "Jr.", "PhD"
};

/// A full name cut at its last blank, titles and suffixes apart; "Last, First" is understood. A guess by nature: it is only
/// used where a vendor wants the parts and the source has none.
SplitName split_name(std::string_view full_name);

}  // namespace switchboard::contact
