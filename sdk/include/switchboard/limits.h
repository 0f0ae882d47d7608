#pragma once

#include <cstddef>

/// What bounds what a connector puts out (abi.h says it in words). The host holds it to that (host/connectors/call.cpp, check_put.cpp),
/// and the judge.
namespace switchboard {

inline constexpr std::size_t kMaxStateBytes = std::size_t{1} << 20;  ///< swb_step.state
inline constexpr std::size_t kMaxLogLines = 10'000;                   ///< of one call

}  // namespace switchboard
