#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace switchboard::cli {

/// Turns SIGINT and SIGTERM into calls. Construct it before any other thread is started, so that every thread
/// inherits the blocked signals; SIGPIPE is ignored.
class Signals {
 public:
  Signals();
  ~Signals();

  /// `act` is called with 130 (SIGINT) or 143 (SIGTERM), on the watcher's thread, once a signal; an empty function
  /// drops them. A signal that came while nobody listened is delivered at once.
  void listen(std::function<void(int exit_code)> act);
  /// The exit code of the last signal; 0: none came.
  int received() const { return received_; }
  /// Blocks until a signal has come.
  int wait();

 private:
  void watch();
  std::mutex mutex_;
  std::function<void(int)> act_;
  std::atomic<int> received_{0};
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace switchboard::cli
