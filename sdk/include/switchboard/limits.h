#pragma once

#include <cstddef>
#include <cstdint>

/// What bounds what a connector puts out (abi.h says it in words). The host holds it to that (host/connectors/call.cpp, check_put.cpp),
/// and the judge.
namespace switchboard {

inline constexpr std::size_t kMaxStateBytes = std::size_t{1} << 20;  ///< swb_step.state
inline constexpr std::size_t kMaxLogLines = 10'000;                   ///< of one call
/// swb_directive.delay_ms of NEXT and POLL; of others what is more counts as that. Longer than any quota window, and a schedule of a month.
inline constexpr std::uint64_t kMaxDelayMs = std::uint64_t{32} * 24 * 3'600'000;

}  // namespace switchboard
