#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/clock.h"
#include "host/engine/job/stop.h"

namespace switchboard::engine {

/// All waiting of a run goes through here: on the injected clock, ended early by a stop, and shown to the
/// user. Thread-safe.
class Waits {
 public:
  Waits(Clock& clock, StopSwitch& stop) : clock_(clock), stop_(stop) {}

  /// False: the run is stopping, for a `question` so that not even those may be asked. `why` is for the progress display.
  bool until(std::int64_t until_ms, const std::string& why, bool question = false);

  struct Shown {
    std::string why;
    std::int64_t until_ms = 0;
  };
  /// What everybody waits for: the wait that ends first, where `busy` threads or more wait; else empty.
  Shown shown(std::size_t busy) const;

  /// How long anybody waited; time in which several waited counts once.
  std::uint64_t waited_ms() const;

 private:
  Clock& clock_;
  StopSwitch& stop_;
  mutable std::mutex mutex_;
  std::map<std::thread::id, Shown> waiting_;
  std::int64_t counted_until_ms_ = 0;
  std::uint64_t waited_ms_ = 0;
};

}  // namespace switchboard::engine
