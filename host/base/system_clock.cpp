#include "host/base/system_clock.h"

#include <algorithm>
#include <chrono>

namespace switchboard {

static std::int64_t wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t SystemClock::now_ms() { return wall_ms(); }

bool SystemClock::wait_until(std::int64_t until_ms) {
  // In slices, so that a clock that is set back or forward is noticed within a second.
  constexpr std::int64_t kSliceMs = 1'000;
  std::unique_lock lock(mutex_);
  for (;;) {
    if (interrupted_) return false;
    std::int64_t left_ms = until_ms - wall_ms();
    if (left_ms <= 0) return true;
    woken_.wait_until(
        lock, std::chrono::system_clock::now() + std::chrono::milliseconds(std::min(left_ms, kSliceMs)));
  }
}

void SystemClock::interrupt() {
  std::lock_guard lock(mutex_);
  interrupted_ = true;
  woken_.notify_all();
}

void SystemClock::reset_interrupt() {
  std::lock_guard lock(mutex_);
  interrupted_ = false;
}

std::int64_t SkippingClock::now_ms() {
  std::lock_guard lock(mutex_);
  return wall_ms() + ahead_ms_;
}

bool SkippingClock::wait_until(std::int64_t until_ms) {
  std::lock_guard lock(mutex_);
  if (interrupted_) return false;
  ahead_ms_ += std::max<std::int64_t>(0, until_ms - (wall_ms() + ahead_ms_));
  return true;
}

void SkippingClock::interrupt() {
  std::lock_guard lock(mutex_);
  interrupted_ = true;
}

void SkippingClock::reset_interrupt() {
  std::lock_guard lock(mutex_);
  interrupted_ = false;
}

}  // namespace switchboard
