#pragma once

#include <cstdint>

namespace switchboard::engine {

/// Retry policy; the numbers stand in docs/decisions.md.
struct RetryPolicy {
  std::uint32_t max_attempts = 6;
  std::int64_t base_ms = 500, cap_ms = 60'000;
  std::int64_t max_total_ms = 15 * 60'000;  ///< of one chain step, and the longest THROTTLE that is waited out
};

/// Exponential back-off with full jitter: uniform in [0, min(cap_ms, base_ms · 2^failures)].
/// `failures` counts from 0 for the first one; `dice` is in [0, 1).
std::int64_t backoff_ms(const RetryPolicy& policy, std::uint32_t failures, double dice);

/// The wait after a THROTTLE without a delay of its own: 2 · base_ms, doubling to cap_ms. No jitter: one
/// bucket has one wait, so there is no herd to scatter.
std::int64_t throttle_ms(const RetryPolicy& policy, std::uint32_t throttles);

/// The wait before the next poll: min_ms, growing by half each time to max_ms.
std::int64_t poll_ms(std::int64_t min_ms, std::int64_t max_ms, std::uint32_t polls);

}  // namespace switchboard::engine
