#pragma once

#include <cstdint>

#include "host/engine/engine.h"

namespace switchboard::engine {

/// Exponential back-off with full jitter: uniform in [0, min(cap_ms, base_ms · 2^failures)].
/// `failures` counts from 0 for the first one; `dice` is in [0, 1).
std::int64_t backoff_ms(const RetryPolicy& policy, std::uint32_t failures, double dice);

/// The wait after a THROTTLE without a delay of its own: 2 · base_ms, doubling to cap_ms. No jitter: one
/// bucket has one wait, so there is no herd to scatter.
std::int64_t throttle_ms(const RetryPolicy& policy, std::uint32_t throttles);

/// The wait before the next poll: min_ms, growing by half each time to max_ms.
std::int64_t poll_ms(std::int64_t min_ms, std::int64_t max_ms, std::uint32_t polls);

}  // namespace switchboard::engine
