#include "host/engine/job/stop.h"

namespace switchboard::engine {

void StopSwitch::raise(Mode mode) {
  // Account gives way to Drain and Limit (they plan nothing more), everything to Dead; nothing goes back to
  // Run.
  const auto rank = [](Mode m) {
    return m == Mode::Run ? 0 : m == Mode::Account ? 1 : m == Mode::Dead ? 3 : 2;
  };
  if (rank(mode) > rank(mode_.load())) mode_.store(mode);
}

void StopSwitch::interrupt(EndReason reason) {
  {
    const std::lock_guard lock(mutex_);
    interrupt_ = interrupt_ ? more_serious(*interrupt_, reason) : reason;
    raise(Mode::Drain);
  }
  on_change_();
}

void StopSwitch::stop(const Stop& why, Mode mode) {
  {
    const std::lock_guard lock(mutex_);
    if (!why.questions) questions_.store(false);
    if (!why_ || more_serious(why.reason, why_->reason) != why_->reason) why_ = why;
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

std::optional<EndReason> StopSwitch::interrupt() const {
  const std::lock_guard lock(mutex_);
  return interrupt_;
}

std::optional<Error> StopSwitch::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

}  // namespace switchboard::engine
