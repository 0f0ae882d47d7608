#include "host/engine/engine.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <utility>

#include "host/engine/job/codes.h"
#include "switchboard/abi.h"
#include "tests/host/engine/checks.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

TEST_CASE("a good file is delivered: exit 0, every contact once, as few requests as batches") {
  World world(contacts(95));
  const auto result = finish(world);
  CHECK(result.exit_code() == 0);
  CHECK(result.state() == ledger::JobState::Finished);
  CHECK(world.count(Outcome::Created) == 95);
  CHECK(world.vendor.stored().size() == 95);
  CHECK(world.vendor.requests().size() == 10);
  CHECK(world.job.requests_sent == 10);
  CHECK(world.job.requests_retried == 0);
  CHECK(world.ledger.chains()->empty());
  CHECK(world.vendor.requests()[0].url == "https://api.acme.example/contacts");
}

TEST_CASE("an empty file is finished") {
  World world({});
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.vendor.requests().empty());
}

TEST_CASE("rejected rows: exit 3, the others are delivered") {
  auto rows = contacts(30);
  rows[4][0] = "";
  World world(std::move(rows));
  world.vendor.bad_rows = {"c20"};
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Rejected) == 2);
  CHECK(world.count(Outcome::Created) == 28);
  CHECK(world.rows()[19].code == "vendor_says_no");
}

TEST_CASE("no more requests are out at once than the manifest and the user allow") {
  World world(contacts(400));
  world.connector.manifest_.limits.in_flight = 4;
  SUBCASE("manifest") {}
  SUBCASE("--concurrency") { world.options.concurrency = 2; }
  SUBCASE("--concurrency never raises it") { world.options.concurrency = 50; }
  finish(world);
  CHECK(world.vendor.most_at_once() <= (world.options.concurrency == 2u ? 2 : 4));
  CHECK(world.count(Outcome::Created) == 400);
}

TEST_CASE("while it is written down what a chain came to, another one has its place with the vendor") {
  World world(contacts(60));
  world.connector.manifest_.limits.in_flight = 2;
  std::mutex mutex;
  std::condition_variable changed;
  int requests = 0, held = 0, kept_waiting = 0;
  static thread_local bool answered = false;
  world.vendor.during = [&](const transport::HttpRequest&) {
    const std::lock_guard lock(mutex);
    ++requests;
    answered = true;
    changed.notify_all();
  };
  world.ledger.on_save = [&] {
    std::unique_lock lock(mutex);
    if (!std::exchange(answered, false) || ++held > 2) return;
    if (!changed.wait_for(lock, std::chrono::milliseconds(500), [&] { return requests > 2; })) ++kept_waiting;
  };
  finish(world);
  CHECK(kept_waiting == 0);
  CHECK(world.vendor.most_at_once() <= 2);
  CHECK(world.count(Outcome::Created) == 60);
}

TEST_CASE("--batch-size lowers the size of requests and never raises it") {
  World world(contacts(20));
  SUBCASE("lower") {
    world.options.batch_size = 4;
    finish(world);
    CHECK(world.vendor.requests().size() == 5);
  }
  SUBCASE("higher") {
    world.options.batch_size = 1'000;
    finish(world);
    CHECK(world.vendor.requests().size() == 2);
  }
}

TEST_CASE("SPLIT finds the one bad row of a thousand in few requests and delivers the others") {
  for (const auto* bad : {"c1", "c500", "c501", "c777", "c1000"}) {
    World world(contacts(1'000));
    world.connector.manifest_.limits.records_per_request = 1'000;
    world.vendor.bad = {bad};
    CHECK(finish(world).exit_code() == 3);
    CHECK(world.count(Outcome::Created) == 999);
    CHECK(world.count(Outcome::Rejected) == 1);
    CHECK(world.rows()[std::stoul(bad + 1) - 1].code == "bad_row");
    CHECK(world.vendor.requests().size() - 1 <= 2 * std::log2(1'000) + 2);
  }
}

TEST_CASE("many bad rows next to one another are all found, once something was taken") {
  World world(contacts(100));
  world.connector.manifest_.limits.records_per_request = 100;
  for (int i = 60; i < 85; ++i) world.vendor.bad.insert("c" + std::to_string(i));
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Rejected) == 25);
  CHECK(world.count(Outcome::Created) == 75);
}

TEST_CASE("eight single rows refused with one code and none taken: it is not the rows") {
  World world(contacts(500));
  world.vendor.refuses_everything = true;
  SUBCASE("a setting") {
    world.vendor.refusal = "unknown_folder";
    CHECK(finish(world).exit_code() == 2);
  }
  SUBCASE("a permission") {
    world.vendor.refusal = "permission_denied";
    CHECK(finish(world).exit_code() == 5);
  }
  CHECK(world.count(Outcome::Rejected) == 0);
  CHECK(world.count(Outcome::Failed) == 500);
  CHECK(world.vendor.requests().size() < 30);
  CHECK(world.job.stop_message.find("not the rows") != std::string::npos);

  world.vendor.refuses_everything = false;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 500);
}

TEST_CASE("fewer than eight refused rows are rejected") {
  World world(contacts(7));
  world.vendor.refuses_everything = true;
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Rejected) == 7);
}

TEST_CASE("SHRINK sends smaller batches from then on") {
  World world(contacts(100));
  world.connector.manifest_.limits.records_per_request = 50;
  world.vendor.max_rows = 20;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 100);
  CHECK(world.vendor.requests().size() <= 15);
}

TEST_CASE("a single row that is too large is rejected") {
  World world(contacts(4));
  world.vendor.max_rows = 0;
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.rows()[0].code == code::kTooLarge);
}

TEST_CASE("a request beyond the manifest's body limit is divided before it is sent") {
  auto rows = contacts(10);
  rows[7][0] = "c8" + std::string(2'000, 'x');
  World world(std::move(rows));
  world.connector.manifest_.limits.body_bytes = 200;
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Created) == 9);
  CHECK(world.rows()[7].code == code::kTooLarge);
  for (const auto& request : world.vendor.requests()) CHECK(request.body.size() <= 200);
}

TEST_CASE("several requests of one encode are chains of their own") {
  World world(contacts(25), {.one_a_request = true});
  world.vendor.bad = {"c13"};
  world.vendor.faults = first(3, Fault::Error503);
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Created) == 24);
  CHECK(world.vendor.requests().size() == 25 + 3);
}

TEST_CASE("uploads are polled to their end, one at a time") {
  World world(contacts(30), {.asynchronous = true});
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 30);
  CHECK(world.vendor.requests().size() == 3 * 4);
  CHECK(world.job.waited_ms == 3 * (2'000 + 3'000));
}

TEST_CASE("an upload that never ends is unknown after the deadline") {
  World world(contacts(5), {.asynchronous = true});
  world.vendor.polls = 1'000'000;
  CHECK(finish(world).exit_code() == 9);
  CHECK(world.count(Outcome::Unknown) == 5);
}

TEST_CASE("three errors of the connector in a row stop the job with 1") {
  World world(contacts(100));
  SUBCASE("before anything was sent") {
    world.session.on_encode = [](const connectors::Step&) {
      return Error{ErrorKind::Internal, "connector acme: threw", ""};
    };
    CHECK(finish(world).exit_code() == 1);
    CHECK(world.count(Outcome::Failed) == 100);
    CHECK(world.vendor.requests().empty());
    CHECK(world.rows()[0].code == code::kConnector);
  }
  SUBCASE("on the answers") {
    world.session.on_decode = [](const connectors::BatchView&, const connectors::Step&,
                                 const connectors::Response&) {
      return std::optional<Result<connectors::Decoded>>(
          Error{ErrorKind::Internal, "connector acme: threw", ""});
    };
    CHECK(finish(world).exit_code() == 1);
    CHECK(world.count(Outcome::Unknown) == 30);
    CHECK(world.count(Outcome::Failed) == 70);
  }
}

TEST_CASE("an error of the connector that the job survives is told of, one that it stopped for is told once") {
  World world(contacts(100));
  std::atomic<int> left = 1;
  world.session.on_encode = [&](const connectors::Step&) {
    return left-- > 0 ? std::optional(Error{ErrorKind::Internal, "connector failed: acme: encode() threw", ""}) : std::nullopt;
  };
  SUBCASE("once") {
    const auto result = finish(world);
    CHECK(result.exit_code() == 3);
    CHECK(result.remark.find("acme failed 1 time, so: connector failed: acme: encode() threw") == 0);
  }
  SUBCASE("always") {
    left = 1'000;
    CHECK(finish(world).remark.empty());
  }
}

TEST_CASE("--max-errors stops the job with 4 and leaves the rest pending") {
  auto rows = contacts(1'000);
  for (std::size_t i = 20; i < 40; ++i) rows[i][0] = "";
  World world(rows);
  SUBCASE("one more than allowed") {
    world.options.max_errors = 19;
    CHECK(finish(world).exit_code() == 4);
    CHECK(world.job.state == ledger::JobState::Stopped);
    CHECK(world.count(Outcome::Pending) > 900);
    CHECK(world.count(Outcome::Failed) == 0);
    world.options.max_errors.reset();
    CHECK(finish(world).exit_code() == 3);
    CHECK(world.count(Outcome::Created) == 980);
  }
  SUBCASE("the bad rows come before all others") {
    for (std::size_t i = 0; i < 10; ++i) std::swap(rows[i], rows[20 + i]);
    World early(std::move(rows));
    early.options.max_errors = 5;
    CHECK(finish(early).exit_code() == 4);
    CHECK(early.vendor.requests().empty());
    CHECK(early.count(Outcome::Pending) == 990);
    early.options.max_errors.reset();
    CHECK(finish(early).exit_code() == 3);
    CHECK(early.count(Outcome::Created) == 980);
  }
  SUBCASE("as many as allowed") {
    world.options.max_errors = 20;
    CHECK(finish(world).exit_code() == 3);
    CHECK(world.count(Outcome::Created) == 980);
  }
}

TEST_CASE("a single row is spoken of as one") {
  auto rows = contacts(30);
  rows[0][0] = "";
  World world(std::move(rows));
  world.options.max_errors = 0;
  CHECK(finish(world).exit_code() == 4);
  CHECK(world.job.stop_message == "1 row was rejected or failed, more than --max-errors 0 allows");
}

TEST_CASE("damage in the middle of the source stops the job with 7 and keeps what was sent") {
  World world(contacts(100));
  world.source.damaged_after = 55;
  CHECK(finish(world).exit_code() == 7);
  CHECK(world.job.state == ledger::JobState::Stopped);
  CHECK(world.count(Outcome::Pending) >= 45);
}

TEST_CASE("a finished job that is resumed sends nothing") {
  World world(contacts(50));
  finish(world);
  const auto sent = world.vendor.requests().size();
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.vendor.requests().size() == sent);
}

TEST_CASE("duplicates of rows of an earlier run are still known when the job is resumed") {
  auto rows = contacts(60);
  rows[55][0] = "c3";
  World world(std::move(rows));
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) {
    return n < 2 ? Fault::None : Fault::Refused;
  };
  CHECK(finish(world).exit_code() == 6);
  world.vendor.faults = nullptr;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.rows()[55].code == code::kDuplicate);
  CHECK(world.count(Outcome::Created) == 59);
}

TEST_CASE("a check plans everything and sends nothing") {
  auto rows = contacts(40);
  rows[7][0] = "";
  World world(std::move(rows));
  world.options.send = false;
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.vendor.requests().empty());
  CHECK(world.count(Outcome::Pending) == 39);
  CHECK(world.count(Outcome::Rejected) == 1);
}

TEST_CASE("a ledger that cannot be written stops everything before the next request") {
  World world(contacts(100));
  world.ledger.die_at(6, false);
  auto result = world.run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::Storage);
  CHECK(world.vendor.requests().size() <= 3);
}

TEST_CASE("connectors see no cookies, and a secret that the vendor echoes does not reach the ledger") {
  World world(contacts(1));
  std::vector<std::string> seen;
  world.session.on_decode =
      [&](const connectors::BatchView&, const connectors::Step&,
          const connectors::Response& response) -> std::optional<Result<connectors::Decoded>> {
    for (const auto& [name, value] : response.headers) seen.push_back(name);
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_DONE;
    decoded.rows.push_back({0, SWB_REJECTED, "", "", "", "your token s3cret-0 may not do that"});
    return decoded;
  };
  REQUIRE(world.run());
  CHECK(seen == std::vector<std::string>{"x-note"});
  CHECK(world.rows()[0].message == "your token [redacted]-0 may not do that");
}

TEST_CASE("every chain and row has an id of its own that connectors may use") {
  World world(contacts(40));
  world.vendor.bad = {"c7"};
  std::map<std::string, std::string> bodies;
  world.protocol.replay = SWB_KEYED;
  finish(world);
  for (const auto& request : world.vendor.requests()) {
    for (const auto& [name, value] : request.headers) {
      if (name != "idempotency-key") continue;
      CHECK(value.size() <= 64);
      CHECK(value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
      const auto [at, fresh] = bodies.emplace(value, request.body);
      CHECK((fresh || at->second == request.body));
    }
  }
  CHECK(bodies.size() >= 10);
}

TEST_CASE("progress tells what is done and what everybody waits for") {
  World world(contacts(20));
  world.vendor.throttle_ms = 30'000;
  world.vendor.faults = first(1, Fault::Throttle);
  Engine* engine = nullptr;
  world.with_engine = [&](Engine& e) { engine = &e; };
  std::uint64_t most = 0;
  world.vendor.during = [&](const transport::HttpRequest&) {
    most = std::max(most, engine->progress().rows.sum());
  };
  finish(world);
  CHECK(most == 20);
}

TEST_CASE("where the system starts no thread the job stops resumably, and with fewer than it wants it goes on") {
  World world(contacts(30));
  world.connector.manifest_.limits.in_flight = 4;
  std::size_t allowed = 0;
  world.start_thread = [&](std::function<void()> work) {
    if (allowed-- == 0) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::thread(std::move(work));
  };
  CHECK(finish(world).exit_code() == 1);
  CHECK(world.job.state == JobState::Stopped);
  CHECK(world.count(Outcome::Pending) == 30);
  CHECK(world.vendor.requests().empty());
  allowed = 2;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 30);
}

TEST_CASE("where the first batch makes what all share, no other is on its way until it was taken") {
  World world(contacts(60));
  world.connector.manifest_.limits.in_flight = 4;
  world.options.first_alone = true;
  // The vendor looks whether there is a book, takes its time, and makes one: two that look at once make two.
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0, books = 0, most_later = 0, failing = 0;
  world.vendor.during = [&](const transport::HttpRequest&) {
    std::unique_lock lock(mutex);
    const bool there = books > 0;
    ++inside;
    if (there) most_later = std::max(most_later, inside);
    changed.notify_all();
    changed.wait_for(lock, std::chrono::milliseconds(300), [&] { return inside > 1; });
    if (!there && failing-- <= 0) ++books;
    --inside;
  };
  SUBCASE("at once") {}
  SUBCASE("also where the first ones are not taken") {
    failing = 2;
    world.vendor.faults = first(2, Fault::Error503);
  }
  CHECK(finish(world).exit_code() == 0);
  CHECK(books == 1);
  CHECK(most_later > 1);
}

TEST_CASE("also of two jobs of one command to one account the first batch goes alone") {
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0, books = 0;
  bool together = false;
  std::vector<std::unique_ptr<World>> worlds;
  std::vector<Parts> parts;
  for (int i = 0; i < 2; ++i) {
    auto& world = *worlds.emplace_back(std::make_unique<World>(contacts(60)));
    world.connector.manifest_.limits.in_flight = 4;
    world.options.first_alone = true;
    world.job.account = "acme one";
    world.ledger.begin(world.job);
    world.vendor.during = [&](const transport::HttpRequest&) {
      std::unique_lock lock(mutex);
      const bool there = books > 0;
      together = together || ++inside > 1;
      changed.notify_all();
      changed.wait_for(lock, std::chrono::milliseconds(300), [&] { return inside > 1; });
      if (!there) ++books;
      --inside;
    };
    parts.push_back(world.parts());
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&, i] { CHECK(Engine(parts[i], *worlds.front()->line, worlds[i]->options, {}).run(worlds[i]->job)->exit_code() == 0); });
  for (auto& thread : threads) thread.join();
  CHECK(books == 1);
  CHECK(together);
  for (const auto& world : worlds) CHECK(world->count(Outcome::Created) == 60);
}

TEST_CASE("a manifest without a bound on the rows of a request is no trouble") {
  World world(contacts(30));
  world.connector.manifest_.limits.records_per_request = UINT64_MAX;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.vendor.requests().size() == 1);
}

TEST_CASE("a source that changed since the job began stops it with 8, and what was sent is known") {
  World world(contacts(25));
  SUBCASE("its reader noticed") {
    world.source.damaged_after = 12;
    world.source.damage = {ErrorKind::Drift, "contacts.csv: the file changed while it was read", ""};
  }
  SUBCASE("it ends early") { world.job.rows_read = 40; }
  world.ledger.begin(world.job);
  CHECK(world.run()->exit_code() == 8);
  CHECK(world.job.state == JobState::Stopped);
  CHECK(world.count(Outcome::Created) == world.vendor.stored().size());
  CHECK(world.job.stop_message.find("contacts.csv") != std::string::npos);
}
