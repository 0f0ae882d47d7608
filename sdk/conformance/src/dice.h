#pragma once

#include <cstddef>
#include <cstdint>

namespace switchboard::conformance {

/// xorshift64*: the same numbers on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(88172645463325252ull ^ (seed * 0x9E3779B97F4A7C15ull)) {
    if (state_ == 0) state_ = 1;
  }
  std::uint32_t below(std::size_t limit) {
    state_ ^= state_ >> 12, state_ ^= state_ << 25, state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 2685821657736338717ull >> 32) % (limit == 0 ? 1 : limit));
  }

 private:
  std::uint64_t state_;
};

}  // namespace switchboard::conformance
