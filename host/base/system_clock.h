#pragma once

#include <condition_variable>
#include <mutex>

#include "core/base/clock.h"

namespace switchboard {

/// The wall clock. Follows it when it is set while somebody waits.
class SystemClock : public Clock {
 public:
  std::int64_t now_ms() override;
  bool wait_until(std::int64_t until_ms) override;
  void interrupt() override;
  /// Lets waits wait again.
  void reset_interrupt();

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  bool interrupted_ = false;
};

/// The wall clock, but a wait takes no time: it moves this clock forward instead. For imports into a sandbox,
/// where only the emulator, which reads the same clock, cares how late it is.
class SkippingClock : public Clock {
 public:
  std::int64_t now_ms() override;
  bool wait_until(std::int64_t until_ms) override;
  void interrupt() override;
  void reset_interrupt();

 private:
  std::mutex mutex_;
  std::int64_t ahead_ms_ = 0;
  bool interrupted_ = false;
};

}  // namespace switchboard
