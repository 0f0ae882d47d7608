#pragma once

#include <atomic>
#include <thread>

#include "host/jobs/stop_switch.h"

namespace switchboard::cli {

/// Turns SIGINT and SIGTERM into presses of a switch: 130 and 143. Construct it before any other thread is started, so that
/// every thread inherits the blocked signals; SIGPIPE is ignored.
class Signals {
 public:
  explicit Signals(jobs::StopSwitch& stop);
  ~Signals();

  /// Blocks until a signal has come.
  int wait();

 private:
  void watch();
  jobs::StopSwitch& stop_;
  std::atomic<int> received_{0};
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace switchboard::cli
