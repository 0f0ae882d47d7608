#include "host/base/system_clock.h"

#include <algorithm>
#include <chrono>

namespace switchboard {

namespace {

std::int64_t monotonic_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

std::int64_t wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

SteadyTime::SteadyTime(std::int64_t wall_ms) : ahead_of_steady_ms_(wall_ms - monotonic_ms()) {}

std::int64_t SteadyTime::ms() const { return monotonic_ms() + ahead_of_steady_ms_; }

bool SystemClock::wait_until(std::int64_t until_ms) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (interrupted_) return false;
    const std::int64_t left_ms = until_ms - steady_.ms();
    if (left_ms <= 0) return true;
    // A span that no addition to a time point can overflow.
    constexpr std::int64_t kHourMs = 3'600'000;
    woken_.wait_for(lock, std::chrono::milliseconds(std::min(left_ms, kHourMs)));
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

std::int64_t SkippingClock::steady_ms() {
  std::lock_guard lock(mutex_);
  return steady_.ms() + ahead_ms_;
}

bool SkippingClock::wait_until(std::int64_t until_ms) {
  std::lock_guard lock(mutex_);
  if (interrupted_) return false;
  ahead_ms_ += std::max<std::int64_t>(0, until_ms - (steady_.ms() + ahead_ms_));
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
