#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/ledger/contacts_of_rows.h"
#include "switchboard/abi.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

// Rows that hold several contacts: each is sent and decided by itself, the row is counted once.

namespace {

/// Rows of one, two and three contacts, with a rejected one, duplicates within and across rows, and ones that the vendor
/// refuses.
std::vector<Row> families() {
  return {{"a1|a2", ""}, {"b1", ""}, {"c1||c3", ""}, {"d1|d1", ""}, {"e1|a2|e3", ""}, {"f1|f2", ""}, {"", ""}, {"h1|h2|h3", ""}, {"i1|i2", ""}};
}

struct FamilyWorld : World {
  explicit FamilyWorld(const Protocol& how) : World(families(), how) {
    people = true;
    connector.manifest_.limits.records_per_request = 4;
    vendor.bad = {"f2"};
    vendor.bad_rows = {"h2"};
  }
};

const std::map<std::string, Outcome> kEnd = {
    {"1a", Outcome::Created}, {"1b", Outcome::Created},  {"2", Outcome::Created},  {"3a", Outcome::Created}, {"3b", Outcome::Rejected},
    {"3c", Outcome::Created}, {"4a", Outcome::Created},  {"4b", Outcome::Skipped}, {"5a", Outcome::Created}, {"5b", Outcome::Skipped},
    {"5c", Outcome::Created}, {"6a", Outcome::Created},  {"6b", Outcome::Rejected}, {"7", Outcome::Rejected}, {"8a", Outcome::Created},
    {"8b", Outcome::Rejected}, {"8c", Outcome::Created}, {"9a", Outcome::Created}, {"9b", Outcome::Created}};

void check_the_end(World& world, const std::string& where) {
  INFO(where);
  for (const auto& wrong : world.wrongs()) FAIL_CHECK(wrong);
  CHECK(world.ledger.by_row() == kEnd);
  const auto counts = world.counts();
  CHECK(counts[Outcome::Created] == 5);
  CHECK(counts[Outcome::Rejected] == 4);
  CHECK(counts.sum() == 9);
  CHECK(world.vendor.stored().size() == 13);
}

const Protocol kSure[] = {{.replay = SWB_UNSAFE, .reconcile = true},
                          {.replay = SWB_KEYED},
                          {.replay = SWB_UNSAFE, .asynchronous = true, .reconcile = true},
                          {.replay = SWB_UNSAFE, .one_a_request = true, .reconcile = true}};

}  // namespace

TEST_CASE("each contact of a row is sent and decided by itself, and the row counts once") {
  FamilyWorld world({.replay = SWB_UNSAFE, .reconcile = true});
  const auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 3);
  check_the_end(world, "one run");
  std::map<std::string, std::string> said;
  REQUIRE(world.ledger.for_each_batch([&](const ledger::BatchRecord& batch) {
    const auto ids = ledger::row_ids(batch);
    for (std::size_t i = 0; i < ids.size(); ++i) said[ids[i].text()] = batch.rows[i].message;
    return true;
  }));
  CHECK(said["4b"] == "the same contact as row 4a");
  CHECK(said["5b"] == "the same contact as row 1b");
  CHECK(world.vendor.requests().front().body.find(world.job.id + "-r1b\ta2") != std::string::npos);
}

TEST_CASE("a process that dies between two contacts of a row loses and doubles none, at any write and any request") {
  for (const auto& protocol : kSure) {
    int points = 0;
    bool died = true;
    for (std::uint64_t n = 0; died; ++n) {
      died = false;
      for (const int how : {0, 1, 2, 3}) {
        FamilyWorld world(protocol);
        if (how < 2) world.ledger.die_at(n, how == 1);
        world.vendor.faults = [&](std::uint64_t request, const transport::HttpRequest&) {
          return how < 2 || request != n ? Fault::None : how == 2 ? Fault::Die : Fault::DieAfter;
        };
        (void)world.run();
        if (!world.ledger.dead()) continue;
        died = true;
        ++points;
        const auto where = fmt::format("point {}, way {}", n, how);
        for (const auto& wrong : world.wrongs()) FAIL_CHECK(where << ": " << wrong);
        (void)world.run_to_the_end();
        check_the_end(world, where);
      }
    }
    CHECK(points > 20);
  }
}

TEST_CASE("a row with one contact delivered and one open is resumed, and only the open one is sent") {
  World world({{"a1|a2", ""}}, {.replay = SWB_UNSAFE, .one_a_request = true});
  world.people = true;
  world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) { return n == 1 ? Fault::Forbidden : Fault::None; };
  REQUIRE(world.run());
  CHECK(world.ledger.by_row() == std::map<std::string, Outcome>{{"1a", Outcome::Created}, {"1b", Outcome::Failed}});
  CHECK(world.count(Outcome::Failed) == 1);
  world.vendor.faults = nullptr;
  const auto again = world.run();
  REQUIRE(again);
  CHECK(again->exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 1);
  CHECK(world.vendor.requests().size() == 3);
  CHECK(world.wrongs().empty());
}

TEST_CASE("an unknown contact beside a failed one is told by the exit code, and stays unknown") {
  World world({{"a1|a2", ""}}, {.replay = SWB_UNSAFE, .one_a_request = true});
  world.people = true;
  world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest&) { return n == 0 ? Fault::CutAfter : Fault::None; };
  world.vendor.bad_rows = {"a2"};
  const auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 9);
  CHECK(world.ledger.by_row() == std::map<std::string, Outcome>{{"1a", Outcome::Unknown}, {"1b", Outcome::Rejected}});
  CHECK(world.count(Outcome::Unknown) == 1);
}

TEST_CASE("what an earlier job sent is skipped by contact, not by row") {
  World world({{"a1|a2", "n"}}, {.replay = SWB_UNSAFE});
  world.people = true;
  world.options.only_new = true;
  world.ledger.sent_by_an_earlier_job(fingerprint_of("a1\nn"), true);
  REQUIRE(world.run());
  CHECK(world.ledger.by_row() == std::map<std::string, Outcome>{{"1a", Outcome::Skipped}, {"1b", Outcome::Created}});
  CHECK(world.count(Outcome::Created) == 1);
}

TEST_CASE("--duplicates last keeps the last of the contacts, wherever it stands") {
  World world({{"a1|a2", ""}, {"a2|a1", ""}}, {.replay = SWB_UNSAFE});
  world.people = true;
  world.options.duplicates = Duplicates::Last;
  REQUIRE(world.run());
  CHECK(world.ledger.by_row() == std::map<std::string, Outcome>{
                                     {"1a", Outcome::Skipped}, {"1b", Outcome::Skipped}, {"2a", Outcome::Created}, {"2b", Outcome::Created}});
  CHECK(world.count(Outcome::Skipped) == 1);
}

TEST_CASE("a source whose row holds other people than when the job began is not gone on with") {
  World world({{"a1|a2", ""}, {"b1|b2", ""}}, {.replay = SWB_UNSAFE});
  world.people = true;
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest&) { return Fault::Forbidden; };
  REQUIRE(world.run());
  world.people = false;  // the mapping now sees one contact a row
  const auto again = world.run();
  REQUIRE(again);
  CHECK(again->reason == EndReason::Drift);
  CHECK(again->message.find("row 1") != std::string::npos);
}

TEST_CASE("--limit and the size of a request count what they say: rows, and contacts") {
  World world({{"a1|a2", ""}, {"b1|b2", ""}, {"c1|c2", ""}, {"d1", ""}}, {.replay = SWB_UNSAFE});
  world.people = true;
  world.connector.manifest_.limits.records_per_request = 3;
  world.job.rows_read = 3;
  world.ledger.begin(world.job);
  REQUIRE(world.run());
  CHECK(world.vendor.stored().size() == 6);
  for (const auto& request : world.vendor.requests()) CHECK(std::count(request.body.begin(), request.body.end(), '\n') <= 3);
}
