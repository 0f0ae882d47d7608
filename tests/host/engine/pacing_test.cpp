#include "host/engine/vendor/pacing.h"

#include <doctest/doctest.h>

using namespace switchboard;
using engine::Pacer;

namespace {

/// Sends `n` requests as early as the pacer lets them leave, and returns when.
std::vector<std::int64_t> departures(Pacer& pacer, const std::string& bucket, int n, std::int64_t now = 0) {
  std::vector<std::int64_t> times;
  while (static_cast<int>(times.size()) < n) {
    const auto at = pacer.take(bucket, now);
    if (at == 0) {
      times.push_back(now);
    } else {
      REQUIRE(at > now);
      now = at;
    }
  }
  return times;
}

}  // namespace

TEST_CASE("a window lets its requests leave at once and holds the next one to the millisecond") {
  Pacer pacer({{3, 1'000, ""}}, true);
  CHECK(departures(pacer, "", 7) == std::vector<std::int64_t>{0, 0, 0, 1'000, 1'000, 1'000, 2'000});
}

TEST_CASE("several windows hold at once") {
  Pacer pacer({{2, 1'000, ""}, {5, 10'000, ""}}, true);
  CHECK(departures(pacer, "", 7) == std::vector<std::int64_t>{0, 0, 1'000, 1'000, 2'000, 10'000, 10'000});
}

TEST_CASE("no span of a window ever holds more requests than it allows, whenever they come") {
  Pacer pacer({{4, 700, ""}, {9, 3'000, ""}}, true);
  std::vector<std::int64_t> times;
  for (std::int64_t now = 0; now < 20'000; now += 1 + (now * 7919) % 97) {
    if (pacer.take("", now) == 0) times.push_back(now);
  }
  REQUIRE(times.size() > 40);
  for (std::size_t i = 0; i + 4 < times.size(); ++i) CHECK(times[i + 4] - times[i] >= 700);
  for (std::size_t i = 0; i + 9 < times.size(); ++i) CHECK(times[i + 9] - times[i] >= 3'000);
}

TEST_CASE("buckets do not share windows, and an unknown one has none") {
  Pacer pacer({{1, 1'000, ""}, {2, 1'000, "search"}}, true);
  CHECK(pacer.take("", 0) == 0);
  CHECK(pacer.take("", 0) == 1'000);
  CHECK(pacer.take("search", 0) == 0);
  CHECK(pacer.take("search", 0) == 0);
  CHECK(pacer.take("search", 0) == 1'000);
  for (int i = 0; i < 100; ++i) CHECK(pacer.take("other", 0) == 0);
}

TEST_CASE("a throttle holds its bucket only, and a shorter one does not shorten it") {
  Pacer pacer({}, true);
  pacer.throttle("", 5'000);
  pacer.throttle("", 3'000);
  CHECK(pacer.throttled("", 4'999));
  CHECK_FALSE(pacer.throttled("search", 0));
  CHECK(pacer.take("", 4'999) == 5'000);
  CHECK(pacer.take("search", 0) == 0);
  CHECK(pacer.take("", 5'000) == 0);
}

TEST_CASE("without pacing the windows hold from the first throttle on, and know what went before") {
  Pacer pacer({{2, 1'000, ""}}, false);
  for (int i = 0; i < 50; ++i) CHECK(pacer.take("", 100) == 0);
  pacer.throttle("", 200);
  CHECK(pacer.take("", 200) == 1'100);
  CHECK(departures(pacer, "", 3, 1'100) == std::vector<std::int64_t>{1'100, 1'100, 2'100});
}

TEST_CASE("a limit of nothing in no time is no limit") {
  Pacer pacer({{0, 1'000, ""}, {5, 0, ""}}, true);
  for (int i = 0; i < 100; ++i) CHECK(pacer.take("", 0) == 0);
}
