#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

namespace switchboard {

/// What one thread waits at for others to ring it. It has a lock of its own, and whoever rings shares it, so that nobody has to ring while
/// it holds a lock that the woken thread would stand at next: that woke each of them twice.
class Bell {
 public:
  /// The calling thread's own, for one wait at a time.
  static const std::shared_ptr<Bell>& of_thread() {
    thread_local const auto own = std::make_shared<Bell>();
    return own;
  }

  void ring() {
    {
      const std::lock_guard lock(mutex_);
      rung_ = true;
    }
    rings_.notify_one();
  }
  /// Until it was rung since the last wait.
  void wait() {
    std::unique_lock lock(mutex_);
    rings_.wait(lock, [this] { return rung_; });
    rung_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable rings_;
  bool rung_ = false;
};

}  // namespace switchboard
