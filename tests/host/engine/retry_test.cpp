#include "host/engine/chain/retry.h"

#include <doctest/doctest.h>

using namespace switchboard::engine;

TEST_CASE("back-off is drawn from a range that doubles up to the cap") {
  const RetryPolicy policy;
  CHECK(backoff_ms(policy, 0, 0.0) == 0);
  CHECK(backoff_ms(policy, 0, 0.999999) == 500);
  CHECK(backoff_ms(policy, 1, 0.999999) == 1'000);
  CHECK(backoff_ms(policy, 3, 0.5) == 2'000);
  CHECK(backoff_ms(policy, 40, 0.999999) == 60'000);
  CHECK(backoff_ms(policy, 4'000'000, 0.999999) == 60'000);
}

TEST_CASE("a throttle without a delay waits longer each time") {
  const RetryPolicy policy;
  CHECK(throttle_ms(policy, 0) == 1'000);
  CHECK(throttle_ms(policy, 1) == 2'000);
  CHECK(throttle_ms(policy, 20) == 60'000);
}

TEST_CASE("polls come less and less often, between the manifest's bounds") {
  CHECK(poll_ms(2'000, 30'000, 0) == 2'000);
  CHECK(poll_ms(2'000, 30'000, 1) == 3'000);
  CHECK(poll_ms(2'000, 30'000, 50) == 30'000);
  CHECK(poll_ms(0, 0, 3) == 1);
  CHECK(poll_ms(5'000, 1'000, 3) == 5'000);
}
