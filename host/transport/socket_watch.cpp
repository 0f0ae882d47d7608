#include "host/transport/socket_watch.h"

#include <sys/socket.h>

#include <algorithm>

namespace switchboard::transport {

SocketWatch::SocketWatch() : thread_([this] { run(); }) {}

SocketWatch::~SocketWatch() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SocketWatch::abort() {
  std::lock_guard lock(mutex_);
  aborted_ = true;
  for (auto* guard : guards_) guard->fire();
}

void SocketWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    auto now = std::chrono::steady_clock::now();
    next_check_ = Time::max();
    for (auto* guard : guards_) {
      if (guard->has_fired()) continue;
      if (guard->deadline_ <= now)
        guard->fire();
      else
        next_check_ = std::min(next_check_, guard->deadline_);
    }
    if (next_check_ == Time::max()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, next_check_);  // by the steady clock: the other one may be set back while we wait
    }
  }
}

SocketWatch::Guard::Guard(SocketWatch& watch, Time deadline) : watch_(watch), deadline_(deadline) {
  std::lock_guard lock(watch_.mutex_);
  place_ = watch_.guards_.insert(watch_.guards_.end(), this);
  if (watch_.aborted_) fire();
  // Deadlines mostly come in order, so that the thread is rarely woken.
  if (deadline_ < watch_.next_check_) {
    watch_.next_check_ = deadline_;
    watch_.changed_.notify_all();
  }
}

SocketWatch::Guard::~Guard() {
  std::lock_guard lock(watch_.mutex_);
  watch_.guards_.erase(place_);
}

void SocketWatch::Guard::set_socket(int descriptor) {
  std::lock_guard lock(watch_.mutex_);
  descriptor_ = descriptor;
  if (fired_) fire();
}

void SocketWatch::Guard::fire() {
  fired_ = true;
  if (descriptor_ >= 0) ::shutdown(descriptor_, SHUT_RDWR);
}

std::chrono::milliseconds SocketWatch::Guard::left() const {
  auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds(1));
}

}  // namespace switchboard::transport
