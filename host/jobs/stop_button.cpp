#include "host/jobs/stop_button.h"

namespace switchboard::jobs {

StopButton::Listener::Listener(StopButton& stop, Act act) : stop_(stop) {
  std::lock_guard lock(stop_.mutex_);
  place_ = stop_.acts_.insert(stop_.acts_.end(), std::move(act));
  if (stop_.reason_) (*place_)(*stop_.reason_, stop_.times_);  // pressed before anybody listened
}

StopButton::Listener::~Listener() {
  std::lock_guard lock(stop_.mutex_);
  stop_.acts_.erase(place_);
}

void StopButton::press(EndReason why) {
  std::lock_guard lock(mutex_);
  reason_ = why;
  ++times_;
  token_.cancel();
  for (const auto& act : acts_) act(why, times_);
}

std::optional<EndReason> StopButton::reason() const {
  std::lock_guard lock(mutex_);
  return reason_;
}

}  // namespace switchboard::jobs
