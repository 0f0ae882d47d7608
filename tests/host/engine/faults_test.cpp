#include "host/engine/engine.h"

#include <doctest/doctest.h>

#include <atomic>

#include "host/engine/job/codes.h"
#include "switchboard/abi.h"
#include "tests/host/engine/checks.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

TEST_CASE("passing errors are retried and leave no trace but a count") {
  World world(contacts(10));
  world.vendor.faults = first(3, Fault::Error503);
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.job.requests_sent == 4);
  CHECK(world.job.requests_retried == 3);
  CHECK(world.job.waited_ms > 0);
}

TEST_CASE("a vendor that is down: exit 6, every row accounted for, and resume delivers") {
  for (const auto fault : {Fault::Refused, Fault::Error503, Fault::Tls}) {
    auto rows = contacts(200);
    rows[150][0] = "";
    World world(std::move(rows));
    world.vendor.faults = first(UINT64_MAX, fault);
    CHECK(finish(world).exit_code() == 6);
    CHECK(world.job.state == ledger::JobState::Stopped);
    CHECK(world.count(Outcome::Failed) == 199);
    CHECK(world.count(Outcome::Rejected) == 1);
    CHECK(world.vendor.requests().size() <= 18);
    CHECK_FALSE(world.job.stop_message.empty());
    world.vendor.faults = nullptr;
    CHECK(finish(world).exit_code() == 3);
    CHECK(world.count(Outcome::Created) == 199);
  }
}

TEST_CASE("one batch that cannot be delivered does not hold up the others") {
  World world(contacts(50));
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
    return request.body.find("\tc25\n") != std::string::npos ? Fault::Error503 : Fault::None;
  };
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Failed) == 10);
  CHECK(world.count(Outcome::Created) == 40);
  CHECK(world.rows()[24].code == "http_503");
}

TEST_CASE("a small file whose only batch meets a vendor that is down ends with 6") {
  World world(contacts(3));
  world.vendor.faults = first(UINT64_MAX, Fault::Error503);
  CHECK(finish(world).exit_code() == 6);
  CHECK(world.count(Outcome::Failed) == 3);
}

TEST_CASE("a rate limit is waited out exactly, for the whole bucket") {
  World world(contacts(20));
  world.vendor.throttle_ms = 61'000;
  world.vendor.faults = first(1, Fault::Throttle);
  CHECK(finish(world).exit_code() == 0);
  const auto times = world.vendor.times();
  CHECK(times[1] - times[0] == 61'000);
  CHECK(world.job.waited_ms == 61'000);
}

TEST_CASE("a rate limit beyond anybody's patience stops the job, resumable") {
  World world(contacts(20));
  world.vendor.throttle_ms = 3'600'000;
  world.vendor.faults = first(1, Fault::Throttle);
  CHECK(finish(world).exit_code() == 6);
  CHECK(world.vendor.requests().size() == 1);
  CHECK(world.job.stop_message.find("UTC") != std::string::npos);
  CHECK(finish(world).exit_code() == 0);
}

TEST_CASE("the manifest's rates are kept to the millisecond") {
  World world(contacts(60));
  world.connector.manifest_.limits.rates = {{2, 1'000, ""}, {5, 60'000, ""}};
  SUBCASE("with several senders") { world.connector.manifest_.limits.in_flight = 3; }
  SUBCASE("with one") {}
  const auto begun = world.clock.now_ms();
  CHECK(finish(world).exit_code() == 0);
  // Since the beginning: another sender may have moved the clock between a request's leave to go and its arrival.
  const auto times = world.vendor.times();
  REQUIRE(times.size() == 6);
  CHECK(times[2] - begun >= 1'000);
  CHECK(times[5] - begun >= 60'000);
}

TEST_CASE("a credential that expired is renewed once; one that is refused stops the job with 5") {
  World world(contacts(30));
  SUBCASE("expired") {
    world.vendor.faults = first(1, Fault::Unauthorized);
    CHECK(finish(world).exit_code() == 0);
    CHECK(world.auth.renewals == 1);
  }
  SUBCASE("refused") {
    world.vendor.faults = first(UINT64_MAX, Fault::Unauthorized);
    CHECK(finish(world).exit_code() == 5);
    CHECK(world.vendor.requests().size() == 2);
    CHECK(world.count(Outcome::Failed) == 30);
    world.vendor.faults = nullptr;
    CHECK(finish(world).exit_code() == 0);
  }
  SUBCASE("not permitted") {
    world.vendor.faults = first(1, Fault::Forbidden);
    CHECK(finish(world).exit_code() == 5);
    CHECK(world.vendor.requests().size() == 1);
  }
  SUBCASE("not there") {
    world.auth.refuse = Error{ErrorKind::Usage, "set SWITCHBOARD_ACME_TOKEN", ""};
    CHECK(finish(world).exit_code() == 2);
    CHECK(world.vendor.requests().empty());
  }
}

TEST_CASE("a lost answer to a request that may not be repeated") {
  for (const auto fault : {Fault::CutBefore, Fault::CutAfter, Fault::Error500, Fault::Error500After}) {
    SUBCASE("is cleared up by asking") {
      World world(contacts(30), {.replay = SWB_UNSAFE, .reconcile = true});
      world.vendor.faults = first(1, fault);
      CHECK(finish(world).exit_code() == 0);
      CHECK(world.count(Outcome::Created) == 30);
    }
    SUBCASE("is unknown where the vendor cannot be asked, and sent again only when the user says so") {
      World world(contacts(30), {.replay = SWB_UNSAFE, .reconcile = false});
      world.vendor.faults = first(1, fault);
      CHECK(finish(world).exit_code() == 9);
      CHECK(world.count(Outcome::Unknown) == 10);
      CHECK(world.vendor.requests().size() == 3);
      CHECK(finish(world).exit_code() == 9);
      CHECK(world.vendor.requests().size() == 3);
      world.options.resend_unknown = true;
      auto result = world.run();
      REQUIRE(result);
      CHECK(result->exit_code() == 0);
      CHECK(world.count(Outcome::Created) == 30);
    }
    SUBCASE("is repeated where it may be") {
      World world(contacts(30), {.replay = SWB_KEYED});
      world.vendor.faults = first(1, fault);
      CHECK(finish(world).exit_code() == 0);
      CHECK(world.vendor.requests().size() == 4);
    }
  }
}

TEST_CASE("a vendor that loses every answer is not fed the whole file") {
  World world(contacts(1'000), {.replay = SWB_UNSAFE});
  world.vendor.faults = first(UINT64_MAX, Fault::CutAfter);
  CHECK(finish(world).exit_code() == 6);
  CHECK(world.count(Outcome::Unknown) == 30);
  CHECK(world.count(Outcome::Failed) == 970);
}

TEST_CASE("a question that cannot be asked is kept: unknown, exit 6, and resume asks again") {
  World world(contacts(5), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) {
    return n == 0 ? Fault::CutAfter : Fault::Error503;
  };
  CHECK(finish(world).exit_code() == 6);
  CHECK(world.count(Outcome::Unknown) == 5);
  CHECK(world.ledger.chains()->size() == 1);
  world.vendor.faults = nullptr;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 5);
}

TEST_CASE("rows that the vendor says it does not have are sent again a few times, then failed or left to resume") {
  World world(contacts(5), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
    return request.url.ends_with("/contacts") ? Fault::Error500 : Fault::None;
  };
  finish(world);
  CHECK(world.count(Outcome::Failed) + world.count(Outcome::Unknown) == 5);
  CHECK(world.vendor.requests().size() <= 12);
  world.vendor.faults = nullptr;
  CHECK(finish(world).exit_code() == 0);
}

TEST_CASE("rows that are sent back are sent again in a new chain, the others keep their outcome") {
  World world(contacts(10));
  std::atomic<int> times{0};
  world.session.on_decode = [&](const connectors::BatchView& batch, const connectors::Step&,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (times++ > 0) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_DONE;
    for (std::uint32_t i = 0; i < batch.rows.size(); ++i) {
      decoded.rows.push_back({i, i % 2 == 0 ? SWB_ACCEPTED : SWB_RESEND, "", "", "", ""});
    }
    return decoded;
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 0);
  CHECK(world.count(Outcome::Accepted) == 5);
  CHECK(world.count(Outcome::Created) == 5);
  CHECK(world.vendor.requests()[1].body.find("c1\n") == std::string::npos);
}

TEST_CASE("a connector may get around a question that is never answered") {
  World world(contacts(10), {.asynchronous = true});
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
    return request.url.find("/status/j0") != std::string::npos ? Fault::CutBefore : Fault::None;
  };
  SUBCASE("from the attempt on from which it wants to") {
    world.session.on_decode = [](const connectors::BatchView& batch, const connectors::Step& step,
                                 const connectors::Response& response) -> std::optional<Result<connectors::Decoded>> {
      if (response.http_status != 0 || step.attempt < 1) return std::nullopt;
      connectors::Decoded decoded;
      for (std::uint32_t i = 0; i < batch.rows.size(); ++i) decoded.rows.push_back({i, SWB_ACCEPTED, "", "", "", ""});
      decoded.directive.kind = SWB_DONE;
      return decoded;
    };
    REQUIRE(world.run());
    CHECK(world.job.exit_code == 0);
    CHECK(world.count(Outcome::Accepted) == 10);
    CHECK(world.vendor.requests().size() == 3);
  }
  SUBCASE("and where it does not, the host's rules hold") {
    REQUIRE(world.run());
    CHECK(world.job.exit_code == 6);
    CHECK(world.count(Outcome::Pending) == 10);
  }
}

TEST_CASE("rows that are sent back one after another go out together") {
  World world(contacts(10), {.asynchronous = true});
  world.session.on_decode = [](const connectors::BatchView& batch, const connectors::Step& step,
                               const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.step == 0 || !step.chain_id.ends_with("-c0")) return std::nullopt;
    connectors::Decoded decoded;  // one row a step
    decoded.rows.push_back({step.step - 1, SWB_RESEND, "", "batch_failed", "", ""});
    decoded.directive.kind = step.step < batch.rows.size() ? SWB_NEXT : SWB_DONE;
    decoded.directive.state = "j0";
    return decoded;
  };
  world.vendor.polls = 0;
  REQUIRE(world.run());
  CHECK(world.count(Outcome::Created) == 10);
  const auto requests = world.vendor.requests();
  CHECK(std::count_if(requests.begin(), requests.end(), [](const auto& r) { return r.url.ends_with("/upload"); }) == 2);
}

TEST_CASE("rows that were sent back and cannot go out say why they were") {
  World world(contacts(5));
  world.session.on_decode = [](const connectors::BatchView& batch, const connectors::Step&,
                               const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    connectors::Decoded decoded;
    for (std::uint32_t i = 0; i < batch.rows.size(); ++i) decoded.rows.push_back({i, SWB_RESEND, "", "fail.20129", "", "the phone is offline"});
    decoded.directive.kind = SWB_ABORT;
    decoded.directive.reason = SWB_REASON_UNAVAILABLE;
    return decoded;
  };
  REQUIRE(world.run());
  CHECK(world.job.exit_code == 6);
  CHECK(world.count(Outcome::Failed) == 5);
  CHECK(world.rows()[0].code == "fail.20129");
  CHECK(world.rows()[0].message == "the phone is offline");
}

TEST_CASE("one row that the vendor breaks at is found by halves; the others are delivered") {
  for (const char* poison : {"c1", "c7", "c20", "c33"}) {
    CAPTURE(poison);
    World world(contacts(40), {.replay = SWB_UNSAFE, .reconcile = true});
    world.connector.manifest_.limits.records_per_request = 20;
    world.vendor.faults = [&](std::uint64_t, const transport::HttpRequest& request) {
      const bool hit = request.url.ends_with("/contacts") && request.body.find(std::string("\t") + poison + "\n") != std::string::npos;
      return hit ? Fault::Error500 : Fault::None;
    };
    const auto result = finish(world);
    CHECK(result.exit_code() == 3);
    CHECK(world.count(Outcome::Created) == 39);
    CHECK(world.count(Outcome::Failed) == 1);
  }
}

TEST_CASE("a size that is twice cut short is not tried again; one lost answer is bad luck") {
  World world(contacts(200), {.replay = SWB_UNSAFE, .reconcile = true});
  const auto rows_of = [](const transport::HttpRequest& request) {
    return request.url.ends_with("/contacts") ? std::count(request.body.begin(), request.body.end(), '\n') : 0;
  };
  std::atomic<int> full{0};
  SUBCASE("too many rows") {
    world.vendor.faults = [&](std::uint64_t, const transport::HttpRequest& request) {
      full += rows_of(request) == 10;
      return rows_of(request) > 4 ? Fault::Error500 : Fault::None;
    };
    CHECK(finish(world).exit_code() == 0);
    CHECK(full == 2);
  }
  SUBCASE("now and then") {
    world.vendor.faults = [&](std::uint64_t, const transport::HttpRequest& request) {
      return rows_of(request) == 10 && full++ % 4 == 1 ? Fault::Error500 : Fault::None;
    };
    CHECK(finish(world).exit_code() == 0);
    CHECK(full == 20);
  }
  CHECK(world.count(Outcome::Created) == 200);
}

TEST_CASE("a vendor that takes nothing but answers questions: failed is certain, exit 6, and three rows alone tell") {
  for (const std::uint64_t in_flight : {1u, 2u, 16u}) {
    World world(contacts(400), {.replay = SWB_UNSAFE, .reconcile = true});
    world.connector.manifest_.limits.records_per_request = 100;
    world.connector.manifest_.limits.in_flight = in_flight;
    world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
      return request.url.ends_with("/contacts") ? Fault::Error500 : Fault::None;
    };
    CHECK(finish(world).exit_code() == 6);
    CHECK(world.count(Outcome::Failed) == 400);
    CHECK(world.vendor.requests().size() <= 2 * (4 + 3));  // sent and asked for: what was out already, then three rows
    world.vendor.faults = nullptr;
    CHECK(finish(world).exit_code() == 0);
  }
}

TEST_CASE("a setting that turns out wrong after rows were delivered is no usage error any more") {
  World world(contacts(30));
  std::atomic<int> times{0};
  world.session.on_decode = [&](const connectors::BatchView&, const connectors::Step&,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (times++ == 0) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_ABORT;
    decoded.directive.reason = SWB_REASON_SETTING;
    return decoded;
  };
  const auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 6);
  CHECK(world.count(Outcome::Created) == 10);
}

TEST_CASE("a row found absent, sent again and there all the same is no contact that the vendor had before") {
  World world(contacts(5), {.replay = SWB_UNSAFE, .reconcile = true});
  world.vendor.faults = first(1, Fault::CutBefore);  // and carried out after the question, so that the second finds it
  world.session.on_decode = [&](const connectors::BatchView& batch, const connectors::Step& step,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_DONE;
    const auto result = step.op == SWB_RECONCILE ? SWB_ABSENT : SWB_UNCHANGED;
    for (std::uint32_t i = 0; i < batch.rows.size(); ++i) decoded.rows.push_back({i, result, "", "", "", ""});
    return decoded;
  };
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Accepted) == 5);
  CHECK(world.count(Outcome::Unchanged) == 0);
}

TEST_CASE("a row keeps its first outcome, whatever a later step of its chain says") {
  World world(contacts(4), {.asynchronous = true});
  world.session.on_decode = [](const connectors::BatchView&, const connectors::Step& step,
                               const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.step > 0) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_NEXT;
    decoded.directive.state = "j0";
    decoded.rows.push_back({0, SWB_REJECTED, "", "too_old", "", ""});
    return decoded;
  };
  world.vendor.bad_rows = {"c1"};
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.rows()[0].code == "too_old");
  CHECK(world.count(Outcome::Created) == 3);
}

TEST_CASE("a connector that leaves rows out never makes them a success") {
  World world(contacts(10), {.replay = SWB_UNSAFE});
  world.session.on_decode = [](const connectors::BatchView&, const connectors::Step&,
                               const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_DONE;
    decoded.rows.push_back({3, SWB_CREATED, "", "", "", ""});
    decoded.rows.push_back({77, SWB_CREATED, "", "", "", ""});
    return decoded;
  };
  auto result = world.run();
  REQUIRE(result);
  CHECK(world.count(Outcome::Created) == 1);
  CHECK(world.count(Outcome::Unknown) == 9);
}

TEST_CASE("a wall clock that is set back while the job waits holds nothing up") {
  World world(contacts(40));
  world.connector.manifest_.limits.rates = {{1, 2'000, ""}};
  world.vendor.throttle_ms = 30'000;
  world.vendor.faults = first(2, Fault::Throttle);
  world.vendor.during = [&](const transport::HttpRequest&) { world.clock.set_back(3'600'000); };
  const auto begun = world.clock.steady_ms();
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.clock.steady_ms() - begun < 120'000);
  CHECK(world.job.waited_ms < 120'000);
}

TEST_CASE("a vendor that says for ever that it is not available is left after a few questions, not after one a row") {
  World world(contacts(300), {.reconcile = true});
  world.connector.manifest_.limits.records_per_request = 300;
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
    return request.url.ends_with("/contacts") ? Fault::Error503 : Fault::None;
  };
  world.session.on_decode = [](const connectors::BatchView&, const connectors::Step& step,
                               const connectors::Response& response) -> std::optional<Result<connectors::Decoded>> {
    if (step.op != SWB_IMPORT || response.http_status != 503) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_IN_DOUBT;  // it does not say that nothing was stored
    decoded.directive.message = "no capacity";
    return decoded;
  };
  CHECK(finish(world).exit_code() == 6);
  CHECK(world.vendor.requests().size() <= 12);
  CHECK(world.job.stop_message.find("times in a row") != std::string::npos);
  CHECK(world.job.stop_message.find("no capacity") != std::string::npos);
  CHECK(world.count(Outcome::Failed) == 300);
  world.vendor.faults = nullptr;
  CHECK(finish(world).exit_code() == 0);
}

TEST_CASE("rows at which a vendor says that it is not available do not keep the others from being stored") {
  World world(contacts(64), {.reconcile = true});
  world.connector.manifest_.limits.records_per_request = 64;
  world.vendor.faults = [](std::uint64_t, const transport::HttpRequest& request) {
    const bool chokes = request.body.find("\tc3\n") != std::string::npos || request.body.find("\tc60\n") != std::string::npos;
    return request.url.ends_with("/contacts") && chokes ? Fault::Error503 : Fault::None;
  };
  world.session.on_decode = [](const connectors::BatchView&, const connectors::Step& step,
                               const connectors::Response& response) -> std::optional<Result<connectors::Decoded>> {
    if (step.op != SWB_IMPORT || response.http_status != 503) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_IN_DOUBT;
    return decoded;
  };
  const auto result = finish(world);
  CHECK(world.count(Outcome::Created) == 62);
  CHECK(world.count(Outcome::Failed) == 2);
  CHECK(result.exit_code() == 3);
}

TEST_CASE("a connector that calls for a next step for ever is stopped, and nothing is stored twice") {
  for (const std::uint32_t replay : {SWB_UNSAFE, SWB_SAFE}) {
    CAPTURE(replay);
    World world(contacts(30), {.replay = replay, .reconcile = true});
    bool rogue = true;
    world.session.on_decode = [&](const connectors::BatchView&, const connectors::Step& step,
                                  const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
      if (!rogue || step.op != SWB_IMPORT) return std::nullopt;
      connectors::Decoded decoded;
      decoded.directive.kind = SWB_NEXT;
      decoded.directive.state = "on";
      return decoded;
    };
    const auto result = world.run();
    REQUIRE(result);
    CHECK(world.counts().sum() == 30);
    CHECK(world.wrongs().empty());
    rogue = false;
    world.run_to_the_end();
    for (const auto& [value, times] : world.vendor.stored()) CHECK((times == 1 || replay == SWB_SAFE));
    CHECK(world.vendor.stored().size() == 30);
    CHECK(world.wrongs().empty());
  }
}

TEST_CASE("a connector that asks for a moment's patience for ever is stopped, whatever the request is for") {
  World world(contacts(30), {.replay = SWB_UNSAFE, .reconcile = true});
  std::uint32_t throttled = SWB_IMPORT;
  SUBCASE("rows") {}
  SUBCASE("the question what became of them") {
    throttled = SWB_RECONCILE;
    world.vendor.faults = first(1, Fault::CutAfter);
  }
  world.session.on_decode = [&](const connectors::BatchView&, const connectors::Step& step,
                                const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    if (step.op != throttled) return std::nullopt;
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_THROTTLE;
    decoded.directive.delay_ms = 1;
    return decoded;
  };
  const auto result = world.run();
  REQUIRE(result);
  CHECK(result->exit_code() == 6);
  CHECK(world.vendor.requests().size() < 15);
  CHECK(world.counts().sum() == 30);
}
