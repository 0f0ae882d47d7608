#pragma once

#include <doctest/doctest.h>

#include "tests/host/engine/world.h"

namespace switchboard::engine::test {

inline void check_all_is_well(World& world) {
  for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
}

/// One run that ends in good order, with nothing lost, doubled or unaccounted for.
inline RunResult finish(World& world) {
  auto result = world.run();
  REQUIRE(result);
  check_all_is_well(world);
  CHECK(world.job.exit_code == result->exit_code());
  CHECK(world.job.state == result->state());
  return *result;
}

/// The fault for the first `n` requests.
inline auto first(std::uint64_t n, FakeVendor::Fault fault) {
  return [n, fault](std::uint64_t at, const transport::HttpRequest&) {
    return at < n ? fault : FakeVendor::Fault::None;
  };
}

}  // namespace switchboard::engine::test
