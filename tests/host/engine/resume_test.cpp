// What a job that goes on may do, and what it must leave.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "host/engine/job/codes.h"
#include "host/engine/plan/row_gate.h"
#include "switchboard/abi.h"
#include "tests/host/engine/checks.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

namespace {

using Decode = std::function<std::optional<Result<connectors::Decoded>>(
    const connectors::BatchView&, const connectors::Step&, const connectors::Response&)>;

connectors::Decoded all_rows(const connectors::BatchView& batch, std::uint32_t result, std::uint32_t directive) {
  connectors::Decoded decoded;
  decoded.directive.kind = directive;
  for (std::uint32_t i = 0; i < batch.rows.size(); ++i) decoded.rows.push_back({i, result, "", "", "", ""});
  return decoded;
}

Fingerprint content_of(const std::string& id) { return fingerprint_of(id + "\nnote"); }

}  // namespace

TEST_CASE("what a later job delivered meanwhile is not sent again by resume, whatever had become of it") {
  World world(contacts(40));
  SUBCASE("rows that failed and rows that were never planned") {
    world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) {
      return n >= 1 ? Fault::Unauthorized : Fault::None;
    };
    CHECK(finish(world).exit_code() == 5);
  }
  SUBCASE("rows of a process that died") {
    world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 1 ? Fault::Die : Fault::None; };
    CHECK_FALSE(world.run());
    world.ledger.revive();
  }
  SUBCASE("rows of chains that were written together and not begun") {
    world.protocol.one_a_request = true;
    world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 1 ? Fault::Die : Fault::None; };
    CHECK_FALSE(world.run());
    world.ledger.revive();
  }
  world.vendor.faults = nullptr;
  world.options.resumes = true;
  for (const char* id : {"c5", "c31", "c40"}) world.ledger.sent_by_an_earlier_job(content_of(id), true);
  world.ledger.sent_by_an_earlier_job(content_of("c33"), false);
  world.run_to_the_end();
  check_all_is_well(world);
  for (const auto& [row, code] : {std::pair{30, code::kAlreadyDelivered}, {39, code::kAlreadyDelivered}, {32, code::kMayBeDelivered}}) {
    CHECK(world.rows()[static_cast<std::size_t>(row)].outcome == Outcome::Skipped);
    CHECK(world.rows()[static_cast<std::size_t>(row)].code == code);
  }
  for (const char* id : {"c31", "c40", "c33"}) CHECK(world.vendor.stored()[id] == 0);
  CHECK(world.count(Outcome::Skipped) + world.count(Outcome::Created) + world.count(Outcome::Unknown) == 40);
}

TEST_CASE("resume asks the vendor for rows of unknown fate, where it can be asked, and sends what it does not have") {
  World world(contacts(20), {.replay = SWB_UNSAFE, .reconcile = true});
  // The vendor could not say it at first; half of them it has.
  std::atomic<bool> mute{true};
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 0 ? Fault::CutAfter : Fault::None; };
  world.session.on_decode = [&](const connectors::BatchView& batch, const connectors::Step& step,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.op != SWB_RECONCILE || !mute) return std::nullopt;
    return all_rows(batch, SWB_UNKNOWN, SWB_DONE);
  };
  CHECK(finish(world).exit_code() == 9);
  CHECK(world.count(Outcome::Unknown) == 10);
  CHECK(world.ledger.chains()->empty());
  const auto before = world.vendor.requests().size();

  world.options.resumes = world.options.ask_unknown = true;
  CHECK(finish(world).exit_code() == 9);
  CHECK(world.vendor.requests().size() == before + 1);  // asked once more, in vain
  mute = false;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 20);
}

TEST_CASE("a question is told what its import knew, also after the process died while it was out") {
  World world(contacts(10), {.replay = SWB_UNSAFE, .asynchronous = true, .reconcile = true, .later_replay = SWB_UNSAFE});
  world.vendor.polls = 0;
  // The second step of the import is lost, then the question about it, twice: the process dies with each.
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n >= 1 && n <= 3 ? Fault::Die : Fault::None; };
  std::multiset<std::string> told;
  world.session.on_encode = [&](const connectors::Step& step) -> std::optional<Error> {
    if (step.op == SWB_RECONCILE) told.emplace(step.import_state);
    CHECK((step.op == SWB_RECONCILE || step.import_state.empty()));
    return std::nullopt;
  };
  for (int dead = 0; dead < 3; ++dead) {
    CHECK_FALSE(world.run());
    world.ledger.revive();
    world.options.resumes = world.options.ask_unknown = true;
  }
  world.run_to_the_end();
  check_all_is_well(world);
  CHECK(world.count(Outcome::Created) == 10);
  CHECK(told.size() >= 3);
  CHECK(told.count("j0") == told.size());
  CHECK(world.vendor.stored().size() == 10);
}

TEST_CASE("--resend-unknown asks first, and sends again only what nobody can say anything about") {
  World world(contacts(10), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 0 ? Fault::CutBefore : Fault::None; };
  std::atomic<bool> forbidden{false}, knows{false};
  world.session.on_decode = [&](const connectors::BatchView& batch, const connectors::Step& step,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.op != SWB_RECONCILE) return std::nullopt;
    if (knows) return all_rows(batch, SWB_CREATED, SWB_DONE);
    auto decoded = all_rows(batch, SWB_UNKNOWN, SWB_DONE);
    if (!forbidden) return decoded;
    decoded.rows.clear();
    decoded.directive.kind = SWB_ABORT;
    decoded.directive.reason = SWB_REASON_PERMISSION;
    return decoded;
  };
  CHECK(finish(world).exit_code() == 9);
  world.options.resumes = world.options.ask_unknown = world.options.resend_unknown = true;
  SUBCASE("the vendor knows") {
    knows = true;
    REQUIRE(world.run());
    CHECK(world.count(Outcome::Created) == 10);
    CHECK(world.vendor.stored().empty());
  }
  SUBCASE("it does not know") {
    CHECK(finish(world).exit_code() == 0);
    CHECK(world.vendor.stored().size() == 10);
  }
  SUBCASE("it may not be asked") {
    forbidden = true;
    CHECK(finish(world).exit_code() == 0);
    CHECK(world.vendor.stored().size() == 10);
  }
}

TEST_CASE("rows that are sent again although they may be stored are never called failed") {
  World world(contacts(10), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 0 ? Fault::CutAfter : Fault::None; };
  world.session.on_decode = [&](const connectors::BatchView& batch, const connectors::Step& step,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.op == SWB_RECONCILE) return all_rows(batch, SWB_UNKNOWN, SWB_DONE);
    return std::nullopt;
  };
  CHECK(finish(world).exit_code() == 9);
  world.options.resumes = world.options.ask_unknown = world.options.resend_unknown = true;
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
    return request.url.ends_with("/contacts") ? Fault::Forbidden : Fault::None;
  };
  REQUIRE(world.run());
  CHECK(world.count(Outcome::Failed) == 0);
  CHECK(world.count(Outcome::Unknown) + world.count(Outcome::Pending) == 10);
}

TEST_CASE("what the vendor was still working on is asked about again by resume, from where it stood") {
  World world(contacts(10), {.asynchronous = true});
  world.vendor.polls = 1'000;
  CHECK(finish(world).exit_code() == 9);
  CHECK(world.job.state == ledger::JobState::Finished);
  CHECK(world.rows()[0].code == code::kStillWorking);
  CHECK(world.ledger.chains()->size() == 1);
  world.options.resumes = true;
  world.vendor.polls = 0;
  CHECK(world.run_to_the_end(60).exit_code() == 0);
  check_all_is_well(world);
  CHECK(world.count(Outcome::Created) == 10);
  const auto requests = world.vendor.requests();
  CHECK(std::count_if(requests.begin(), requests.end(), [](const auto& r) { return r.url.ends_with("/upload"); }) == 1);
}

TEST_CASE("an interrupt while lost answers are asked for leaves the job interrupted, not finished") {
  World world(contacts(10), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) {
    return n == 0 ? Fault::CutAfter : Fault::Forbidden;
  };
  CHECK(finish(world).exit_code() == 5);
  CHECK(world.count(Outcome::Unknown) == 10);
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  world.vendor.during = [&](const transport::HttpRequest&) { engine->interrupt(EndReason::Terminated); };
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest&) { return Fault::Throttle; };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 143);
  CHECK(result->state() == ledger::JobState::Interrupted);
  world.vendor.during = nullptr;
  world.vendor.faults = nullptr;
  CHECK(finish(world).exit_code() == 0);
}

TEST_CASE("a pause beyond patience does not make the next run wait in silence") {
  World world(contacts(10), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 0 ? Fault::CutAfter : Fault::Throttle; };
  world.vendor.throttle_ms = 3'600'000;
  CHECK(finish(world).exit_code() == 6);
  world.vendor.faults = nullptr;
  const auto begun = world.clock.now_ms();
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.clock.now_ms() - begun < 60'000);
}

TEST_CASE("a row whose own id is taken by another contact is rejected, also by a resumed job") {
  // The mapper of the tests has no own ids; the gate is asked directly.
  const RunOptions options;
  RowGate gate(options, "external_id");
  mapping::Contact contact;
  contact.identity = fingerprint_of("a");
  contact.own_id = fingerprint_of("x1");
  CHECK(gate.judge(1, contact).outcome == Outcome::Pending);
  CHECK(gate.judge(2, contact).outcome == Outcome::Skipped);  // the same contact once more
  contact.identity = fingerprint_of("b");
  const auto other = gate.judge(3, contact);
  CHECK(other.outcome == Outcome::Rejected);
  CHECK(other.code == "field.not_unique");
  CHECK(other.field == "external_id");
  CHECK(other.message.view().find("row 1") != std::string::npos);
  contact.own_id = {};
  contact.identity = fingerprint_of("c");
  CHECK(gate.judge(4, contact).outcome == Outcome::Pending);
  gate.remember_own_id(5, [] {
    mapping::Contact earlier;
    earlier.own_id = fingerprint_of("x5");
    return earlier;
  }());
  contact.own_id = fingerprint_of("x5");
  contact.identity = fingerprint_of("d");
  CHECK(gate.judge(6, contact).outcome == Outcome::Rejected);
}

TEST_CASE("the progress of a resumed job tells what earlier runs decided, so that its pace is its own") {
  World world(contacts(40));
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) { return n == 3 ? Fault::Forbidden : Fault::None; };
  CHECK(finish(world).exit_code() == 5);
  CHECK(world.count(Outcome::Created) == 30);
  world.ledger.revive();
  Progress seen;
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& running) { engine = &running; };
  world.vendor.during = [&](const transport::HttpRequest&) { seen = engine->progress(); };
  CHECK(finish(world).exit_code() == 0);
  CHECK(seen.decided_before == 30);  // not the ten that failed: they are decided by this run
  CHECK(seen.rows_total == 40);
}
