#include "host/jobs/stop_switch.h"

namespace switchboard::jobs {

StopSwitch::Listener::Listener(StopSwitch& stop, Act act) : stop_(stop) {
  std::lock_guard lock(stop_.mutex_);
  place_ = stop_.acts_.insert(stop_.acts_.end(), std::move(act));
  if (stop_.times_ > 0) (*place_)(stop_.exit_code_, stop_.times_);  // pressed before anybody listened
}

StopSwitch::Listener::~Listener() {
  std::lock_guard lock(stop_.mutex_);
  stop_.acts_.erase(place_);
}

void StopSwitch::press(int exit_code) {
  std::lock_guard lock(mutex_);
  exit_code_ = exit_code;
  ++times_;
  for (const auto& act : acts_) act(exit_code_, times_);
}

int StopSwitch::exit_code() const {
  std::lock_guard lock(mutex_);
  return exit_code_;
}

}  // namespace switchboard::jobs
