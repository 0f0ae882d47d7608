#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::mapping {

// Texts of cells as the JSON literals that int, number, boolean and list fields carry. nullopt: not such a
// value.

std::optional<std::string> to_int(std::string_view text);      ///< "1,234" → 1234; no decimals but zeros
std::optional<std::string> to_number(std::string_view text);   ///< "1.50" → 1.50
std::optional<std::string> to_boolean(std::string_view text);  ///< yes, ja, oui, TRUE, 1, x …

/// The values of a cell that holds several: a JSON array of texts (or of objects with a "value"), Google's "
/// ::: ", else cut at ; and |, and at commas where `at_commas`.
std::vector<std::string> split_list(std::string_view text, bool at_commas);
/// JSON array of texts.
std::string to_json_list(const std::vector<std::string>& values);

}  // namespace switchboard::mapping
