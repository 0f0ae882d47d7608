#include <doctest/doctest.h>

#include <atomic>

#include "switchboard/abi.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

TEST_CASE("the first interrupt waits for the request that is out, saves it and sends no other") {
  World world(contacts(100));
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  world.vendor.during = [&](const transport::HttpRequest&) {
    if (world.vendor.requests().size() == 4) engine->interrupt(EndReason::Terminated);
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 143);
  CHECK(result->state() == ledger::JobState::Interrupted);
  CHECK(world.vendor.requests().size() == 4);
  CHECK(world.count(Outcome::Created) == 40);
  CHECK(world.count(Outcome::Pending) == 60);
  CHECK_FALSE(world.vendor.aborted());

  world.vendor.during = nullptr;
  result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 0);
  CHECK(world.wrongs().empty());
  CHECK(world.vendor.requests().size() == 10);
}

TEST_CASE("the second interrupt gives up the request that is out; it is in doubt, and resume clears it up") {
  World world(contacts(50), {.replay = SWB_UNSAFE, .reconcile = true});
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  world.vendor.during = [&](const transport::HttpRequest&) {
    if (world.vendor.requests().size() != 2) return;
    engine->interrupt(EndReason::Interrupted);
    engine->interrupt(EndReason::Interrupted);
  };
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) {
    return n == 1 ? Fault::CutAfter : Fault::None;
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 130);
  CHECK(world.vendor.aborted());
  CHECK(world.vendor.requests().size() == 2);
  CHECK(world.count(Outcome::Created) == 10);
  world.vendor.during = nullptr;
  CHECK(world.run_to_the_end().exit_code() == 0);
  for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
  CHECK(world.count(Outcome::Created) == 50);
}

TEST_CASE("an upload that is being polled when the user interrupts is polled further by resume") {
  World world(contacts(10), {.asynchronous = true});
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  world.vendor.during = [&](const transport::HttpRequest&) {
    if (world.vendor.requests().size() == 2) engine->interrupt(EndReason::Interrupted);
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 130);
  CHECK(world.count(Outcome::Pending) == 10);
  world.vendor.during = nullptr;
  CHECK(world.run_to_the_end().exit_code() == 0);
  CHECK(world.vendor.stored().size() == 10);
  std::size_t uploads = 0;
  for (const auto& request : world.vendor.requests()) uploads += request.url.ends_with("/upload");
  CHECK(uploads == 1);
}

TEST_CASE("an interrupt ends a wait at once") {
  World world(contacts(10));
  world.vendor.throttle_ms = 600'000;
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) {
    if (n == 0) engine->interrupt(EndReason::Interrupted);
    return n == 0 ? Fault::Throttle : Fault::None;
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 130);
  CHECK(world.job.waited_ms == 0);
  CHECK(world.vendor.requests().size() == 1);
}

TEST_CASE("an interrupt before the run begins, and one that comes too late") {
  World world(contacts(10));
  world.with_engine = [](Engine& engine) { engine.interrupt(EndReason::Interrupted); };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 130);
  CHECK(world.vendor.requests().empty());
  CHECK(world.count(Outcome::Pending) == 10);

  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  world.vendor.during = [&](const transport::HttpRequest&) { engine->interrupt(EndReason::Interrupted); };
  result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 0);
  CHECK(result->state() == ledger::JobState::Finished);
}

TEST_CASE("a clock that is interrupted from outside interrupts the run and does not spin") {
  World world(contacts(10));
  world.vendor.faults = [&](std::uint64_t, const transport::HttpRequest&) {
    world.clock.interrupt();
    return Fault::Error503;
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 130);
  CHECK(world.count(Outcome::Pending) == 10);
}
