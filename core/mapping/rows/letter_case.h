#pragma once

#include <string>
#include <string_view>

namespace switchboard::mapping {

/// The text in "upper", "lower" or "title" case, by Unicode's rules and no language's own; other words: as it
/// is.
std::string in_letter_case(std::string_view text, std::string_view letter_case);

}  // namespace switchboard::mapping
