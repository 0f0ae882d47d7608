#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace switchboard::mapping {

/// The date as ISO 8601 (2024-05-17), read by a strptime-like format: %Y %y %m %d %b %B %j %e, anything else
/// literally. nullopt: does not fit, or there is no such day.
std::optional<std::string> read_date(std::string_view text, const std::string& format);

/// The date as ISO 8601 where it is written so that only one reading is possible: 2024-05-17,
/// 2024/5/17, 17.05.2024, 17/05/2024, 20240517; a time behind it is dropped. nullopt: none, or ambiguous
/// (05/06/2024).
std::optional<std::string> read_plain_date(std::string_view text);

}  // namespace switchboard::mapping
