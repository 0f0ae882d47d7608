#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace switchboard::transport {

/// Ends exchanges that take too long, whatever they are doing (a TLS handshake, a server that drips bytes):
/// shuts their sockets down, which wakes every blocking call on them. One thread for all. Thread-safe.
class SocketWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;

  SocketWatch();
  ~SocketWatch();
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;

  /// Shuts everything down that is watched now or later.
  void abort();
  bool is_aborted() const { return aborted_; }

  /// Watches the sockets of one exchange, one at a time, for as long as it lives.
  class Guard {
   public:
    Guard(SocketWatch& watch, Time deadline);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    /// The descriptor to shut down from now on; -1: none. Before a descriptor is closed it must be replaced
    /// here.
    void set_socket(int descriptor);
    /// The deadline has passed or abort() was called.
    bool has_fired() const { return fired_; }
    std::chrono::milliseconds left() const;

   private:
    friend class SocketWatch;
    void fire();  ///< with the watch's mutex held

    SocketWatch& watch_;
    const Time deadline_;
    int descriptor_ = -1;
    std::atomic<bool> fired_{false};
    std::list<Guard*>::iterator place_;
  };

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Guard*> guards_;
  Time next_check_ = Time::max();
  bool stopping_ = false;
  std::atomic<bool> aborted_{false};
  std::thread thread_;
};

}  // namespace switchboard::transport
