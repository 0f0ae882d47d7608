#include <doctest/doctest.h>
#include <fmt/format.h>

#include <thread>

#include "switchboard/abi.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

namespace {

/// A small job with everything in it: rejected rows, a duplicate, a row that the vendor refuses, one that
/// spoils its batch, a passing error.
std::vector<Row> small_job() {
  auto rows = contacts(24);
  rows[2][0] = "";
  rows[9][0] = "c1";
  rows[20][0] = "";
  return rows;
}

struct Case {
  const char* name;
  Protocol protocol;
};

const Case kCases[] = {
    {"unsafe with reconcile", {.replay = SWB_UNSAFE, .reconcile = true}},
    {"unsafe without", {.replay = SWB_UNSAFE}},
    {"keyed", {.replay = SWB_KEYED}},
    {"asynchronous, unsafe with reconcile", {.replay = SWB_UNSAFE, .asynchronous = true, .reconcile = true}},
    {"asynchronous, keyed", {.replay = SWB_KEYED, .asynchronous = true}},
    {"one a request, unsafe with reconcile",
     {.replay = SWB_UNSAFE, .one_a_request = true, .reconcile = true}},
    {"listed, unsafe with reconcile", {.replay = SWB_UNSAFE, .reconcile = true, .listed = true}},
    {"one a request, unsafe without", {.replay = SWB_UNSAFE, .one_a_request = true}},
};

void prepare(World& world) {
  world.connector.manifest_.limits.records_per_request = 6;
  world.connector.manifest_.limits.lists = {"/list"};
  world.vendor.bad = {"c8"};
  world.vendor.bad_rows = {"c16"};
}

void check_the_end(World& world, const RunResult& last, const std::string& where) {
  INFO(where);
  for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
  const auto counts = world.counts();
  CHECK(counts[Outcome::Pending] == 0);
  CHECK(counts[Outcome::Failed] == 0);
  CHECK(counts[Outcome::Rejected] + counts[Outcome::Unknown] >= 4);
  CHECK(counts[Outcome::Skipped] == 1);
  const bool can_tell = world.protocol.reconcile || world.protocol.replay != SWB_UNSAFE;
  if (can_tell) {
    CHECK(counts[Outcome::Unknown] == 0);
    CHECK(counts[Outcome::Created] == 19);
    CHECK(world.vendor.stored().size() == 19);
    CHECK(last.exit_code() == 3);
  } else {
    CHECK(counts[Outcome::Created] + counts[Outcome::Unknown] >= 19);
  }
}

}  // namespace

TEST_CASE("a process that dies at any write of the ledger loses and doubles nothing") {
  for (const auto& [name, protocol] : kCases) {
    int points = 0;
    for (std::uint64_t write = 0;; ++write) {
      bool died = false;
      for (const bool durable : {false, true}) {
        World world(small_job(), protocol);
        prepare(world);
        world.ledger.die_at(write, durable);
        auto result = world.run();
        died = world.ledger.dead();
        if (!died) break;
        ++points;
        CHECK_FALSE(result);
        const auto where = fmt::format("{}: write {}, {}", name, write, durable ? "durable" : "lost");
        for (const auto& wrong : world.wrongs()) FAIL_CHECK(where << ": " << wrong);
        check_the_end(world, world.run_to_the_end(), where);
      }
      if (!died) break;
    }
    CHECK(points > 20);
  }
}

TEST_CASE("a machine that dies at any write of the ledger loses and doubles nothing") {
  for (const auto& [name, protocol] : kCases) {
    for (const std::uint64_t in_flight : {1u, 3u}) {
      int points = 0;
      for (std::uint64_t write = 0;; ++write) {
        bool died = false;
        for (const std::size_t keeps : {0u, 1u, 3u}) {
          World world(small_job(), protocol);
          prepare(world);
          world.connector.manifest_.limits.in_flight = in_flight;
          world.ledger.machine_dies_with_it(keeps);
          world.ledger.die_at(write, true);
          (void)world.run();
          died = world.ledger.dead();
          if (!died) break;
          ++points;
          world.ledger.revive();
          const auto where = fmt::format("{}, {} in flight: write {}, {} kept", name, in_flight, write, keeps);
          for (const auto& wrong : world.wrongs()) FAIL_CHECK(where << ": " << wrong);
          check_the_end(world, world.run_to_the_end(), where);
        }
        if (!died) break;
      }
      CHECK(points > 20);
    }
  }
}

TEST_CASE("what might have left at any moment, and did not, is in doubt only if the machine died, too") {
  // Two batches at a time, and no way to ask: what is in doubt stays unknown.
  for (const bool machine : {false, true}) {
    World world(contacts(100), {.replay = SWB_UNSAFE});
    world.connector.manifest_.limits.records_per_request = 5;
    world.connector.manifest_.limits.in_flight = 2;
    if (machine) world.ledger.machine_dies_with_it(0);
    world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) {
      if (n != 2) return Fault::None;
      while (world.ledger.cleared() < 10) std::this_thread::yield();
      return Fault::Die;
    };
    (void)world.run();
    world.run_to_the_end();
    for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
    if (machine)
      CHECK(world.count(Outcome::Unknown) >= 50);
    else
      CHECK(world.count(Outcome::Unknown) <= 10);
  }
}

TEST_CASE("a stop puts back what might have left at any moment and did not") {
  World world(contacts(100), {.replay = SWB_UNSAFE});
  world.connector.manifest_.limits.records_per_request = 5;
  world.connector.manifest_.limits.in_flight = 2;
  Engine* running = nullptr;
  world.with_engine = [&](Engine& engine) { running = &engine; };
  world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) {
    if (n != 2) return Fault::None;
    while (world.ledger.cleared() < 10) std::this_thread::yield();
    running->interrupt(EndReason::Interrupted);
    return Fault::None;
  };
  (void)world.run();
  // The machine is started anew before the job is resumed.
  world.ledger.die();
  world.ledger.machine_dies_with_it(0);
  world.run_to_the_end();
  CHECK(world.count(Outcome::Created) == 100);
  for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
}

TEST_CASE("a process that dies while any request is out loses and doubles nothing") {
  for (const auto& [name, protocol] : kCases) {
    int points = 0;
    for (std::uint64_t send = 0;; ++send) {
      bool died = false;
      for (const auto fault : {Fault::Die, Fault::DieAfter}) {
        World world(small_job(), protocol);
        prepare(world);
        world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) {
          return n == send ? fault : Fault::None;
        };
        auto result = world.run();
        died = world.ledger.dead();
        if (!died) break;
        ++points;
        CHECK_FALSE(result);
        const auto where = fmt::format("{}: request {}, {}", name, send,
                                       fault == Fault::Die ? "not carried out" : "carried out");
        for (const auto& wrong : world.wrongs()) FAIL_CHECK(where << ": " << wrong);
        check_the_end(world, world.run_to_the_end(), where);
      }
      if (!died) break;
    }
    CHECK(points > 10);
  }
}

TEST_CASE("a process that dies twice, also while it resumes, loses and doubles nothing") {
  for (const auto& [name, protocol] : kCases) {
    for (std::uint64_t send = 0; send < 12; send += 2) {
      for (std::uint64_t write = 1; write < 12; write += 2) {
        World world(small_job(), protocol);
        prepare(world);
        world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) {
          return n == send ? Fault::DieAfter : Fault::None;
        };
        (void)world.run();
        world.ledger.revive();
        world.ledger.die_at(write, write % 4 == 1);
        (void)world.run();
        check_the_end(world, world.run_to_the_end(),
                      fmt::format("{}: request {}, then write {}", name, send, write));
      }
    }
  }
}

TEST_CASE("a run that was cut off with several batches out fills the gap between saved batches") {
  for (std::uint64_t write = 1; write < 30; ++write) {
    World world(contacts(60), {.replay = SWB_KEYED});
    world.connector.manifest_.limits.records_per_request = 5;
    world.connector.manifest_.limits.in_flight = 4;
    world.ledger.die_at(write, true);
    (void)world.run();
    world.options.batch_size = 2;  // smaller than the gap was cut for
    CHECK(world.run_to_the_end().exit_code() == 0);
    for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
    CHECK(world.count(Outcome::Created) == 60);
  }
}
