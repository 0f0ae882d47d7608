#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace switchboard {

/// Says to whoever waits or works for long that nobody wants the result any more. Thread-safe; cancel() may be called
/// from a signal handler. What is borrowed as `const CancelToken*` may be nullptr: never cancelled.
class CancelToken {
 public:
  CancelToken() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~CancelToken() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  CancelToken(const CancelToken&) = delete;
  CancelToken& operator=(const CancelToken&) = delete;

  void cancel() noexcept {
    cancelled_.store(true);
    const std::uint64_t one = 1;
    if (descriptor_ >= 0) [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
  }
  bool is_cancelled() const noexcept { return cancelled_.load(std::memory_order_relaxed); }
  /// Readable (poll: POLLIN) from cancel() on, so that a wait for input ends at once. Not to be read from; -1: the system had no
  /// descriptor left, look at is_cancelled() between short waits.
  int descriptor() const noexcept { return descriptor_; }

 private:
  std::atomic<bool> cancelled_{false};
  const int descriptor_;
};

inline bool is_cancelled(const CancelToken* token) { return token != nullptr && token->is_cancelled(); }

}  // namespace switchboard
