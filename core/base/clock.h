#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace switchboard {

/// The only source of time in core and host; injected, so that tests are exact and instant.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Milliseconds since 1970-01-01 UTC, for dates. May be set forward and back while the program runs. [any thread]
  virtual std::int64_t now_ms() = 0;
  /// For waits and spans: what now_ms() was when the clock was made, and the time that has passed since; never set, never
  /// going back. [any thread]
  virtual std::int64_t steady_ms() { return now_ms(); }
  /// Returns when steady_ms() >= until_ms, or early (false) when interrupt() was called. [any thread]
  virtual bool wait_until(std::int64_t until_ms) = 0;
  /// Wakes every waiter; later waits return false at once until reset_interrupt().
  virtual void interrupt() = 0;
};

}  // namespace switchboard
