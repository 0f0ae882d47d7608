#pragma once

#include <cstddef>
#include <cstdint>

/// What bounds a manifest: more is no vendor's, and costs the host time and memory for each row. Authors read of it in sdk/MANIFEST.md.
namespace switchboard::mapping {

inline constexpr std::size_t kMostTextBytes = std::size_t{16} << 10;  ///< of any one text
inline constexpr std::size_t kMostEntries = 10'000;                   ///< of any list or object
inline constexpr std::size_t kMostFields = 2'000;
inline constexpr std::size_t kMostSettings = 500;
inline constexpr std::size_t kMostRules = 2'000;
inline constexpr std::size_t kMostDefaultBytes = std::size_t{64} << 10;  ///< of all fields together: every row may get them

inline constexpr std::uint64_t kDayMs = std::uint64_t{24} * 3'600'000;
inline constexpr std::uint64_t kLongestTimeoutMs = kDayMs;
inline constexpr std::uint64_t kLongestPollMs = 32 * kDayMs;  ///< as the longest delay that a directive may ask for
inline constexpr std::uint64_t kLongestWindowMs = 366 * kDayMs;

}  // namespace switchboard::mapping
