#pragma once

#include <atomic>
#include <csignal>
#include <thread>

#include "host/jobs/stop_button.h"

namespace switchboard::cli {

/// Turns SIGINT and SIGTERM into presses of a button: 130 and 143. Construct it before any other thread is started, so that
/// every thread inherits the blocked signals; SIGPIPE is ignored. What was in force before comes back with the destructor.
class Signals {
 public:
  explicit Signals(jobs::StopButton& stop);
  ~Signals();

  /// Blocks until a signal has come.
  int wait();
  /// The exit code of the last signal that any Signals of this process took; 0: none came.
  static int received();

 private:
  void watch();
  jobs::StopButton& stop_;
  sigset_t mask_before_;
  void (*pipe_before_)(int);
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace switchboard::cli
