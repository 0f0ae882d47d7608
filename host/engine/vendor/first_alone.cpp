#include "host/engine/vendor/first_alone.h"

#include <chrono>
#include <utility>

namespace switchboard::engine {

FirstAlone::Turn::Turn(Turn&& other) noexcept
    : of_(std::exchange(other.of_, nullptr)), account_(std::move(other.account_)) {}

FirstAlone::Turn::~Turn() {
  if (of_ == nullptr) return;
  {
    const std::lock_guard lock(of_->mutex_);
    of_->accounts_[account_].busy = false;
  }
  of_->changed_.notify_all();
}

FirstAlone::Turn FirstAlone::wait(const std::string& account, const std::function<bool()>& stopping) {
  /// How often a stop is looked for while nothing else happens.
  constexpr std::chrono::milliseconds kSlice(10);
  Turn turn;
  std::unique_lock lock(mutex_);
  auto& entry = accounts_[account];
  while (!entry.taken && entry.busy) {
    if (stopping()) return turn;
    changed_.wait_for(lock, kSlice);
  }
  if (entry.taken) return turn;
  entry.busy = true;
  turn.of_ = this;
  turn.account_ = account;
  return turn;
}

void FirstAlone::taken(const std::string& account) {
  {
    const std::lock_guard lock(mutex_);
    accounts_[account].taken = true;
  }
  changed_.notify_all();
}

bool FirstAlone::is_taken(const std::string& account) {
  const std::lock_guard lock(mutex_);
  return accounts_[account].taken;
}

}  // namespace switchboard::engine
