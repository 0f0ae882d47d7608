#include "host/jobs/stop_button.h"

namespace switchboard::jobs {

StopButton::Listener::Listener(StopButton& stop, Act act) : stop_(stop) {
  std::lock_guard lock(stop_.mutex_);
  place_ = stop_.acts_.insert(stop_.acts_.end(), std::move(act));
  if (stop_.times_ > 0) (*place_)(stop_.exit_code_, stop_.times_);  // pressed before anybody listened
}

StopButton::Listener::~Listener() {
  std::lock_guard lock(stop_.mutex_);
  stop_.acts_.erase(place_);
}

void StopButton::press(int exit_code) {
  std::lock_guard lock(mutex_);
  exit_code_ = exit_code;
  ++times_;
  token_.cancel();
  for (const auto& act : acts_) act(exit_code_, times_);
}

int StopButton::exit_code() const {
  std::lock_guard lock(mutex_);
  return exit_code_;
}

}  // namespace switchboard::jobs
