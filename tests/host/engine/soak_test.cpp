#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <random>

#include "switchboard/abi.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

namespace {

constexpr Fault kFaults[] = {Fault::Refused,  Fault::CutBefore,     Fault::CutAfter, Fault::Error503,
                             Fault::Error500, Fault::Error500After, Fault::Throttle, Fault::Unauthorized,
                             Fault::Tls,      Fault::Forbidden,     Fault::Die,      Fault::DieAfter};

void one_job(std::uint64_t seed) {
  std::mt19937_64 dice(seed);
  const auto below = [&](std::uint64_t n) { return dice() % n; };
  auto rows = contacts(1 + below(80));
  for (auto& row : rows) {
    if (below(12) == 0) row[0] = "";
    if (below(12) == 0) row[0] = fmt::format("c{}", 1 + below(rows.size()));
  }
  Protocol protocol;
  protocol.replay = static_cast<std::uint32_t>(below(3));
  protocol.asynchronous = below(3) == 0;
  protocol.one_a_request = below(4) == 0;
  protocol.reconcile = below(2) == 0;
  if (protocol.replay == SWB_SAFE) protocol.replay = SWB_KEYED;  // the fake vendor tells repeats by their key

  protocol.listed = seed % 4 == 1 && !protocol.asynchronous;

  const bool people = seed % 3 == 0;
  for (std::size_t i = 0; people && i + 1 < rows.size(); i += 1 + i % 3) {
    rows[i][0] += "|" + rows[i + 1][0];
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  World world(std::move(rows), protocol, seed);
  world.people = people;
  auto& limits = world.connector.manifest_.limits;
  limits.records_per_request = 1 + below(20);
  limits.in_flight = 1 + below(4);
  if (seed % 8 != 1) limits.lists = {"/list"};
  if (below(3) == 0) limits.rates = {{1 + below(5), 1'000, ""}};
  world.vendor.throttle_ms = static_cast<std::int64_t>(below(5'000));
  world.vendor.polls = static_cast<std::uint32_t>(below(4));
  world.vendor.max_rows = below(4) == 0 ? 1 + below(10) : SIZE_MAX;
  for (std::uint64_t i = 0; i < below(6); ++i) world.vendor.bad.insert(fmt::format("c{}", 1 + below(80)));
  for (std::uint64_t i = 0; i < below(6); ++i)
    world.vendor.bad_rows.insert(fmt::format("c{}", 1 + below(80)));
  const auto rate = below(40);  // of a hundred
  std::mt19937_64 faults(seed + 1);
  world.vendor.faults = [&](std::uint64_t, const transport::HttpRequest&) {
    return faults() % 100 < rate ? kFaults[faults() % std::size(kFaults)] : Fault::None;
  };
  for (int run = 0; run < 6; ++run) {
    if (below(3) == 0) world.ledger.die_at(below(40), below(2) == 0);
    (void)world.run();
    for (const auto& wrong : world.wrongs()) FAIL_CHECK("seed " << seed << ", run " << run << ": " << wrong);
    world.ledger.revive();
  }
  world.vendor.faults = nullptr;
  const auto last = world.run_to_the_end();
  INFO("seed " << seed);
  for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
  const auto counts = world.counts();
  CHECK(counts[Outcome::Pending] == 0);
  if (last.exit_code() != 2) CHECK(counts[Outcome::Failed] == 0);  // 2: a file of bad rows alone
  if (protocol.reconcile || protocol.replay != SWB_UNSAFE) CHECK(counts[Outcome::Unknown] == 0);
}

}  // namespace

TEST_CASE("hundreds of small jobs with random faults and deaths lose and double nothing") {
  // SWITCHBOARD_SOAK_JOBS=5000 for a long run.
  const char* asked = std::getenv("SWITCHBOARD_SOAK_JOBS");
  const std::uint64_t jobs = asked != nullptr ? std::strtoull(asked, nullptr, 10) : 150;
  for (std::uint64_t seed = 1; seed <= jobs; ++seed) one_job(seed);
}
