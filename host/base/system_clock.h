#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

#include "core/base/clock.h"

namespace switchboard {

/// The wall clock (milliseconds since 1970) as the system has it.
std::int64_t wall_ms();

/// Time since it was made, on top of what the wall clock said then.
class SteadyTime {
 public:
  explicit SteadyTime(std::int64_t wall_ms);
  std::int64_t ms() const;

 private:
  const std::int64_t ahead_of_steady_ms_;
};

/// The system's clocks: the wall clock for dates, one that nobody sets for waits.
class SystemClock : public Clock {
 public:
  explicit SystemClock(std::function<std::int64_t()> wall = wall_ms) : wall_(std::move(wall)), steady_(wall_()) {}
  std::int64_t now_ms() override { return wall_(); }
  std::int64_t steady_ms() override { return steady_.ms(); }
  bool wait_until(std::int64_t until_ms) override;
  void interrupt() override;
  /// Lets waits wait again.
  void reset_interrupt();

 private:
  const std::function<std::int64_t()> wall_;
  const SteadyTime steady_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool interrupted_ = false;
};

/// The same, but a wait takes no time: it moves this clock forward instead. For imports into a sandbox,
/// where only the emulator, which reads the same clock, cares how late it is.
class SkippingClock : public Clock {
 public:
  SkippingClock() : steady_(wall_ms()) {}
  std::int64_t now_ms() override;
  std::int64_t steady_ms() override;
  bool wait_until(std::int64_t until_ms) override;
  void interrupt() override;
  void reset_interrupt();

 private:
  const SteadyTime steady_;
  std::mutex mutex_;
  std::int64_t ahead_ms_ = 0;
  bool interrupted_ = false;
};

}  // namespace switchboard
