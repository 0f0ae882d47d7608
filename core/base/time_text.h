#pragma once

#include <cstdint>
#include <string>

namespace switchboard {

/// "2026-11-21T22:45:01Z": ISO 8601 in UTC, whole seconds (rounded down), from milliseconds since 1970.
std::string iso8601_utc(std::int64_t ms);

/// "20261121-224501": the same moment, for file and job names.
std::string compact_utc(std::int64_t ms);

}  // namespace switchboard
