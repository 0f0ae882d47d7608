#include "host/engine/job/waits.h"

#include <algorithm>

namespace switchboard::engine {
namespace {

// A clock can be woken for good only (Clock::interrupt()), so a wait that a stop may end is made of short
// ones.
constexpr std::int64_t kSliceMs = 200;

}  // namespace

bool Waits::until(std::int64_t until_ms, const std::string& why, bool question) {
  const auto begin = clock_.steady_ms();
  auto now = begin;
  const auto going = [&] { return question ? stop_.may_ask() : !stop_.stopping(); };
  if (now >= until_ms) return going();
  {
    const std::lock_guard lock(mutex_);
    waiting_[std::this_thread::get_id()] = {why, until_ms};
  }
  while (now < until_ms && going()) {
    // An interrupted clock wakes everybody at once and for ever: that is an interrupt, whoever asked for it.
    if (!clock_.wait_until(std::min(until_ms, now + kSliceMs))) stop_.interrupt(EndReason::Interrupted);
    now = clock_.steady_ms();
  }
  const std::lock_guard lock(mutex_);
  waiting_.erase(std::this_thread::get_id());
  const auto from = std::max(begin, counted_until_ms_);
  if (now > from) {
    waited_ms_ += static_cast<std::uint64_t>(now - from);
    counted_until_ms_ = now;
  }
  return going();
}

Waits::Shown Waits::shown(std::size_t busy) const {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty() || waiting_.size() < busy) return {};
  const auto first = std::min_element(waiting_.begin(), waiting_.end(), [](const auto& a, const auto& b) {
    return a.second.until_ms < b.second.until_ms;
  });
  return first->second;
}

std::uint64_t Waits::waited_ms() const {
  const std::lock_guard lock(mutex_);
  return waited_ms_;
}

}  // namespace switchboard::engine
