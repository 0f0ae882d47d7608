// What was carried out and may not be sent again goes out once, whatever a connector makes of its answer.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "host/engine/chain/carried_out.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"
#include "tests/host/engine/checks.h"
#include "tests/host/engine/world.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;

namespace {

/// How a connector goes on where it should have ended: encode() will ask for the same request again.
struct GoesOn {
  const char* name;
  std::uint32_t directive;
  std::optional<std::string> state;
  std::uint32_t replay = SWB_UNSAFE;
};

const GoesOn kWays[] = {
    {"a poll with a state", SWB_POLL, "job 7"},
    {"a poll without one", SWB_POLL, std::nullopt},
    {"a further step", SWB_NEXT, "job 7"},
    {"a poll of a keyed request, without a state", SWB_POLL, std::nullopt, SWB_KEYED},
};

/// The connector of the tests, whose steps never end, and send the rows each time.
struct Rogue : World {
  Rogue(const GoesOn& way, bool reconcile) : World(contacts(12), {.replay = way.replay, .reconcile = reconcile}) {
    connector.manifest_.limits.records_per_request = 4;
    options.resumes = true;
    session.on_decode = [this, way](const connectors::BatchView&, const connectors::Step& step,
                                    const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
      if (sound || step.op != SWB_IMPORT) return std::nullopt;
      connectors::Decoded decoded;
      decoded.directive.kind = way.directive;
      decoded.directive.state = way.state;
      decoded.directive.delay_ms = 1'000;
      return decoded;
    };
    protocol.repeats_from = 1;
  }
  void mend() {
    sound = true;
    protocol.repeats_from = UINT32_MAX;
  }
  bool sound = false;
};

void check_each_is_stored_once(Rogue& world) {
  for (const auto& stored : world.vendor.stored()) CHECK_MESSAGE(stored.second == 1, stored.first);
  check_all_is_well(world);
}

}  // namespace

TEST_CASE("a request that may not be sent again goes out once, also where its connector polls or goes on with it") {
  for (const auto& way : kWays) {
    if (way.replay != SWB_UNSAFE) continue;
    for (const bool reconcile : {false, true}) {
      CAPTURE(way.name);
      CAPTURE(reconcile);
      Rogue world(way, reconcile);
      const auto result = world.run();
      REQUIRE(result);
      check_each_is_stored_once(world);
      world.mend();
      world.run_to_the_end();
      check_each_is_stored_once(world);
      CHECK(world.vendor.stored().size() == 12);
      CHECK(world.count(Outcome::Created) + world.count(Outcome::Unknown) == 12);
      CHECK((world.count(Outcome::Unknown) > 0) == !reconcile);
      if (!reconcile) CHECK(has(world.rows().front().message.view(), "connector failed: acme: it asked once more for the request that was carried out last"));
    }
  }
}

TEST_CASE("it does not go out again where the process or the machine died in between, and a mended connector is handed the state") {
  constexpr std::uint64_t kWrites = 40;  // what is keyed may be polled again, and is for long
  for (const auto& way : kWays) {
    for (const bool machine : {false, true}) {
      int points = 0;
      for (std::uint64_t write = 0; write < kWrites; ++write) {
        const auto where = fmt::format("{}: write {}, {}", way.name, write, machine ? "the machine died" : "the process died");
        CAPTURE(where);
        Rogue world(way, true);
        if (machine) world.ledger.machine_dies_with_it(0);
        world.ledger.die_at(write, true);
        (void)world.run();
        if (!world.ledger.dead()) break;
        ++points;
        world.ledger.revive();
        world.ledger.sent_by_an_earlier_job(fingerprint_of("somebody else"), true);  // then what never began is judged anew
        world.mend();
        world.run_to_the_end(3);
        check_each_is_stored_once(world);
        // Of a further step with that state, the mended one asks for a job that the vendor does not have.
        if (way.directive == SWB_NEXT) continue;
        CHECK(world.vendor.stored().size() == 12);
        CHECK(world.count(Outcome::Created) == 12);
      }
      CHECK(points > 5);
    }
  }
}

TEST_CASE("rows whose send is polled do not go out in another request either: one that says when it was made") {
  Rogue world(kWays[0], true);
  world.protocol.dated = true;
  REQUIRE(world.run());
  check_each_is_stored_once(world);
  CHECK(world.count(Outcome::Created) == 12);
}

TEST_CASE("what was carried out may be sent again after a look: that the first came to nothing is the connector's to know") {
  World world(contacts(4), {.replay = SWB_UNSAFE});
  world.protocol.repeats_from = 2;
  world.session.on_decode = [](const connectors::BatchView&, const connectors::Step& step, const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.step == 2) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_NEXT;
    decoded.directive.state = "look";
    return decoded;
  };
  REQUIRE(world.run());
  CHECK(world.count(Outcome::Created) == 4);
  for (const auto& stored : world.vendor.stored()) CHECK_MESSAGE(stored.second == 2, stored.first);
}

TEST_CASE("what was carried out is known by its method, place and body, and only what may not be repeated is kept back") {
  connectors::Request request;
  request.method = "POST";
  request.path = "/contacts";
  request.body = "c1";
  request.replay = SWB_UNSAFE;
  CarriedOut carried_out;
  CHECK_FALSE(carried_out.forbid(request, false));
  carried_out.add(fingerprint_of_request("POST", "/contacts", "c1"));
  carried_out.add(fingerprint_of_request("POST", "/contacts", "c1"));
  CHECK(carried_out.bytes().size() == 16);
  CHECK(has(*carried_out.forbid(request, false), "may not be sent again"));
  CHECK(CarriedOut(carried_out.bytes()).forbid(request, false));
  for (auto* part : {&request.method, &request.path, &request.body}) {
    const auto before = *part;
    *part += 'x';
    CHECK_FALSE(carried_out.forbid(request, false));
    *part = before;
  }
  request.body = "c1, sent at noon";
  CHECK(has(*carried_out.forbid(request, true), "its rows have gone out already"));
  request.body = "c1";
  request.headers.emplace_back("date", "now");
  CHECK(carried_out.forbid(request, false));
  for (const std::uint32_t replay : {SWB_SAFE, SWB_KEYED}) {
    request.replay = replay;
    for (const bool sends_rows : {false, true}) CHECK_FALSE(carried_out.forbid(request, sends_rows));
  }
  request.replay = SWB_UNSAFE;
  carried_out.asked_since();
  CHECK(carried_out.bytes() == std::string(16, '\0'));
  CHECK_FALSE(carried_out.forbid(request, false));
  CHECK(has(*carried_out.forbid(request, true), "its rows have gone out already"));
  CarriedOut nothing;
  nothing.asked_since();
  CHECK(nothing.empty());
}
