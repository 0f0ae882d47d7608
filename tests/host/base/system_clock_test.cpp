#include "host/base/system_clock.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace switchboard;

TEST_CASE("the system clock waits until a moment has come") {
  SystemClock clock;
  auto until = clock.steady_ms() + 20;
  CHECK(clock.wait_until(until));
  CHECK(clock.steady_ms() >= until);
  CHECK(clock.wait_until(0));
}

TEST_CASE("a wall clock that is set back or forward while somebody waits changes the dates, not the wait") {
  for (const std::int64_t set_ms : {-7'200'000, 7'200'000}) {
    std::int64_t wall = 1'700'000'000'000;
    SystemClock clock([&] { return wall; });
    const auto begin = clock.steady_ms();
    CHECK(begin - wall < 1'000);
    wall += set_ms;
    CHECK(clock.now_ms() == 1'700'000'000'000 + set_ms);
    CHECK(clock.wait_until(begin + 20));
    CHECK(clock.steady_ms() - begin >= 20);
    CHECK(clock.steady_ms() - begin < 60'000);
  }
}

TEST_CASE("interrupt() wakes every waiter and keeps later ones from waiting") {
  SystemClock clock;
  const auto far = clock.steady_ms() + 3'600'000;
  std::vector<std::thread> waiters;
  for (int i = 0; i < 3; ++i) waiters.emplace_back([&] { CHECK_FALSE(clock.wait_until(far)); });
  clock.interrupt();
  for (auto& waiter : waiters) waiter.join();
  CHECK_FALSE(clock.wait_until(far));
  CHECK_FALSE(clock.wait_until(0));
  clock.reset_interrupt();
  CHECK(clock.wait_until(0));
}

TEST_CASE("a skipping clock is at the awaited moment at once, and never goes back") {
  SkippingClock clock;
  const auto start = clock.steady_ms();
  CHECK(clock.wait_until(start + 3'600'000));
  CHECK(clock.steady_ms() >= start + 3'600'000);
  CHECK(clock.wait_until(start));
  CHECK(clock.steady_ms() >= start + 3'600'000);
  clock.interrupt();
  CHECK_FALSE(clock.wait_until(start + 7'200'000));
  CHECK(clock.steady_ms() < start + 7'200'000);
}

TEST_CASE("threads may skip at the same time") {
  SkippingClock clock;
  const auto start = clock.steady_ms();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) clock.wait_until(start + t * 1000 + i);
    });
  for (auto& thread : threads) thread.join();
  CHECK(clock.steady_ms() >= start + 3'099);
}
