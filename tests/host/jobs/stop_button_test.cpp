#include "host/jobs/stop_button.h"

#include <doctest/doctest.h>

#include <vector>

using switchboard::jobs::StopButton;

TEST_CASE("a press is heard by whoever listens, with how often it was pressed") {
  StopButton stop;
  std::vector<std::pair<int, int>> heard;
  const StopButton::Listener listener(stop, [&](int exit_code, int times) { heard.emplace_back(exit_code, times); });
  CHECK_FALSE(stop.token().is_cancelled());
  stop.press(130);
  stop.press(143);
  CHECK(heard == std::vector<std::pair<int, int>>{{130, 1}, {143, 2}});
  CHECK(stop.token().is_cancelled());
  CHECK(stop.exit_code() == 143);
}

TEST_CASE("a press that came before anybody listened is heard at once; nobody hears any who is gone") {
  StopButton stop;
  stop.press(130);
  int heard = 0;
  { const StopButton::Listener listener(stop, [&](int, int) { ++heard; }); }
  CHECK(heard == 1);
  stop.press(130);
  CHECK(heard == 1);
}
