#include "host/engine/chain/retry.h"

#include <algorithm>

namespace switchboard::engine {
namespace {

std::int64_t doubled(std::int64_t base, std::int64_t cap, std::uint32_t times) {
  std::int64_t value = std::min(base, cap);
  for (std::uint32_t i = 0; i < times && value < cap; ++i) value = value > cap / 2 ? cap : value * 2;
  return value;
}

}  // namespace

std::int64_t backoff_ms(const RetryPolicy& policy, std::uint32_t failures, double dice) {
  const auto ceiling = doubled(policy.base_ms, policy.cap_ms, failures);
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(dice * static_cast<double>(ceiling + 1)), 0,
                                  ceiling);
}

std::int64_t throttle_ms(const RetryPolicy& policy, std::uint32_t throttles) {
  return doubled(policy.base_ms * 2, policy.cap_ms, throttles);
}

std::int64_t poll_ms(std::int64_t min_ms, std::int64_t max_ms, std::uint32_t polls) {
  std::int64_t value = std::max<std::int64_t>(1, min_ms);
  for (std::uint32_t i = 0; i < polls && value < max_ms; ++i) value += std::max<std::int64_t>(1, value / 2);
  return std::clamp<std::int64_t>(value, 1, std::max<std::int64_t>(1, std::max(min_ms, max_ms)));
}

}  // namespace switchboard::engine
