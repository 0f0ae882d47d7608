#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>

namespace switchboard {

/// How many threads beside the calling one find a core of their own, `most` at most. For what is worth a thread a core; what reads ahead
/// or hashes beside the reading has one of its own, on two cores or on one.
inline std::size_t spare_cores(std::size_t most) {
  const std::size_t cores = std::thread::hardware_concurrency();
  return cores < 2 ? 0 : std::min(cores - 1, most);
}

}  // namespace switchboard
