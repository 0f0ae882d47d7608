#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::mapping {

/// The meaning of a column that says whose the number in COLUMN is: "owner_of:COLUMN".
inline constexpr std::string_view kOwnerOf = "owner_of:";

/// "Phone Owner", "Phone 1 Belongs To", "Whose Phone": the words of the header besides those that ask whose the number is;
/// nullopt: it asks no such thing.
std::optional<std::vector<std::string>> asks_whose(std::string_view header);

/// Words for people in headers of names: "parent" of "Parent Name".
std::vector<std::string> people_named_in(const std::vector<std::string>& headers);

/// "Mother", "wife's", "Emergency contact": of none of `own`, who is sent.
bool is_somebody_else(std::string_view owner, const std::vector<std::string>& own);

}  // namespace switchboard::mapping
