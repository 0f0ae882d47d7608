#pragma once

#include <span>
#include <string>
#include <string_view>

namespace switchboard::mapping {

/// What a message may show of a value: at most its first four characters, never more than half of it.
std::string masked(std::string_view value);

/// “+44 …” in column “Mobile Phone”; without a column just the value.
std::string in_column(std::string_view column, std::string_view value);
/// What “name” gets from “First Name”, “Last Name”; without columns: “name”.
std::string in_field(std::string_view field, std::string_view source_text);
/// Which of the columns a message of these names; empty: none.
std::string column_named_in(std::string_view message, std::span<const std::string> columns);

}  // namespace switchboard::mapping
