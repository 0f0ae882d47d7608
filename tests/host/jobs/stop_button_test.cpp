#include "host/jobs/stop_button.h"

#include <doctest/doctest.h>

#include <vector>

using switchboard::EndReason;
using switchboard::jobs::StopButton;

TEST_CASE("a press is heard by whoever listens, with how often it was pressed") {
  StopButton stop;
  std::vector<std::pair<EndReason, int>> heard;
  const StopButton::Listener listener(stop, [&](EndReason why, int times) { heard.emplace_back(why, times); });
  CHECK_FALSE(stop.token().is_cancelled());
  stop.press(EndReason::Interrupted);
  stop.press(EndReason::Terminated);
  CHECK(heard == std::vector<std::pair<EndReason, int>>{{EndReason::Interrupted, 1}, {EndReason::Terminated, 2}});
  CHECK(stop.token().is_cancelled());
  CHECK(stop.reason() == EndReason::Terminated);
}

TEST_CASE("a press that came before anybody listened is heard at once; nobody hears any who is gone") {
  StopButton stop;
  stop.press(EndReason::Interrupted);
  int heard = 0;
  { const StopButton::Listener listener(stop, [&](EndReason, int) { ++heard; }); }
  CHECK(heard == 1);
  stop.press(EndReason::Interrupted);
  CHECK(heard == 1);
}
