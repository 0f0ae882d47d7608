#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>

namespace switchboard::engine {

/// How many chains of a job may be in flight: with the vendor, or on their way between two of its answers. Thread-safe.
class InFlight {
 public:
  explicit InFlight(std::size_t most) : free_(most) {}

  /// One chain's place, given back when it goes.
  class Place {
   public:
    Place() = default;
    explicit Place(InFlight* of) : of_(of) {}
    Place(Place&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(of_, other.of_);
      return *this;
    }
    ~Place() { give_back(); }
    explicit operator bool() const { return of_ != nullptr; }
    void give_back() {
      if (auto* of = std::exchange(of_, nullptr)) of->come_free();
    }

   private:
    InFlight* of_ = nullptr;
  };

  /// Waits for a place. Who has one never waits for another, so it comes.
  Place take() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    came_free_.wait(lock, [&] { return free_ > 0; });
    --waiting_;
    --free_;
    return Place(this);
  }
  /// A place that nobody has or waits for; else none.
  Place take_if_free() {
    const std::lock_guard lock(mutex_);
    if (free_ <= waiting_) return {};
    --free_;
    return Place(this);
  }
  /// How many wait for one.
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }

 private:
  void come_free() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    came_free_.notify_one();
  }

  mutable std::mutex mutex_;
  std::condition_variable came_free_;
  std::size_t free_, waiting_ = 0;
};

}  // namespace switchboard::engine
