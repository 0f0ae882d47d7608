#pragma once

#include <string>

namespace switchboard::mapping {

/// A word for a name, a number or an address, and nothing else that we do not know.
bool is_known_data(const std::string& word);
/// The same without words for a kind.
bool is_data_alone(const std::string& word);
/// Thai, Chinese, Japanese, Korean …: words that are run together. The word is not empty.
bool is_without_blanks(const std::string& word);

}  // namespace switchboard::mapping
