#include "host/engine/stop.h"

#include <algorithm>
#include <array>

namespace switchboard::engine {

int more_serious(int a, int b) {
  static constexpr std::array<int, 8> kOrder = {1, 5, 6, 7, 2, 4, 9, 3};
  const auto rank = [](int code) { return std::find(kOrder.begin(), kOrder.end(), code) - kOrder.begin(); };
  return rank(a) <= rank(b) ? a : b;
}

void StopSwitch::raise(Mode mode) {
  // Account gives way to Drain and Limit (they plan nothing more), everything to Dead; nothing goes back to
  // Run.
  const auto rank = [](Mode m) {
    return m == Mode::Run ? 0 : m == Mode::Account ? 1 : m == Mode::Dead ? 3 : 2;
  };
  if (rank(mode) > rank(mode_.load())) mode_.store(mode);
}

void StopSwitch::interrupt(int exit_code) {
  {
    const std::lock_guard lock(mutex_);
    if (exit_code != 0) interrupt_exit_code_ = exit_code;
    raise(Mode::Drain);
  }
  on_change_();
}

void StopSwitch::stop(const Stop& why, Mode mode) {
  {
    const std::lock_guard lock(mutex_);
    if (!why.questions) questions_.store(false);
    if (!why_) {
      why_ = why;
    } else if (more_serious(why.exit_code, why_->exit_code) != why_->exit_code) {
      why_ = why;
    }
    raise(mode);
  }
  on_change_();
}

void StopSwitch::die(const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
    raise(Mode::Dead);
  }
  on_change_();
}

std::optional<Stop> StopSwitch::why() const {
  const std::lock_guard lock(mutex_);
  return why_;
}

int StopSwitch::interrupt_exit_code() const {
  const std::lock_guard lock(mutex_);
  return interrupt_exit_code_;
}

std::optional<Error> StopSwitch::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

}  // namespace switchboard::engine
