#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <fstream>
#include <thread>

#include "core/base/sha256.h"
#include "host/connectors/registry.h"
#include "zoo.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::connectors;
using test::Zoo;

namespace {

/// One contact; BOOM is a name that the zoo does not bear.
struct One {
  std::vector<std::string> columns = {"phone", "name"};
  std::vector<std::string_view> ids = {"r1"};
  std::vector<std::optional<std::string>> cells;
  std::vector<std::span<const std::optional<std::string>>> rows;
  explicit One(const std::string& name) : cells({"+12125551000", name}) { rows.emplace_back(cells); }
  BatchView view() const { return {columns, 2, rows, ids}; }
};

std::string encoded(const Session& session, const std::string& name) {
  const One one(name);
  auto requests = session.encode(one.view(), Step{});
  return requests ? requests->front().body : requests.error().message;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a session goes on in another worker after a crash, and another session never notices") {
  const Zoo zoo("encode.segfault");
  auto connector = Connector::load(zoo.library(), test::in_workers());
  REQUIRE(connector);
  auto session = (*connector)->open("{}"), other = (*connector)->open("{}");
  REQUIRE(session);
  REQUIRE(other);
  for (int i = 0; i < 3; ++i) {
    CHECK(has(encoded(**session, "BOOM"), "crashed"));
    CHECK(encoded(**session, "Jane") == "+12125551000|Jane\n");
    CHECK(encoded(**other, "Joe") == "+12125551000|Joe\n");
  }
}

TEST_CASE("a connector that crashes again and again is not started for ever") {
  const Zoo zoo("encode.segfault");
  auto connector = Connector::load(zoo.library(), test::in_workers());
  REQUIRE(connector);
  auto session = (*connector)->open("{}");
  REQUIRE(session);
  for (int i = 0; i < 21; ++i) encoded(**session, "BOOM");
  CHECK(has(encoded(**session, "Jane"), "was started again 20 times already"));
}

TEST_CASE("a connector that did what is forbidden is not asked again") {
  const Zoo zoo("encode.socket");
  auto connector = Connector::load(zoo.library(), test::in_workers());
  REQUIRE(connector);
  auto session = (*connector)->open("{}");
  REQUIRE(session);
  CHECK(has(encoded(**session, "BOOM"), "made the forbidden system call socket"));
  CHECK(has(encoded(**session, "Jane"), "made the forbidden system call socket, in an earlier call, and is not started again"));
}

TEST_CASE("an emulator whose worker died has lost its account and says so") {
  const Zoo zoo("serve.abort");
  auto connector = Connector::load(zoo.library(), test::in_workers());
  REQUIRE(connector);
  auto sandbox = (*connector)->open_sandbox("{}");
  REQUIRE(sandbox);
  Request request;
  request.method = "POST";
  request.path = "/contacts";
  auto response = (*sandbox)->serve(request, 0);
  REQUIRE_FALSE(response);
  CHECK(has(response.error().message, "connector failed: zoo: the sandbox's serve() aborted"));
  auto dump = (*sandbox)->dump();
  REQUIRE_FALSE(dump);
  CHECK(has(dump.error().message, "its account is gone"));
}

TEST_CASE("a call that hangs ends soon after the job is told to stop, and nothing is started again") {
  const Zoo zoo("encode.loop");
  CancelToken stop;
  auto loading = test::in_workers();
  loading.cancel = &stop;
  loading.limits.call = std::chrono::seconds(100);
  auto connector = Connector::load(zoo.library(), loading);
  REQUIRE(connector);
  auto session = (*connector)->open("{}");
  REQUIRE(session);
  std::string first;
  std::thread caller([&] { first = encoded(**session, "BOOM"); });
  stop.cancel();
  const auto begin = std::chrono::steady_clock::now();
  caller.join();
  CHECK(has(first, "was still at work when the job was told to stop"));
  CHECK(has(encoded(**session, "Jane"), "is not started again while the job stops"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
}

TEST_CASE("answers that were out when the job was told to stop are still understood") {
  const Zoo zoo("healthy");
  CancelToken stop;
  auto loading = test::in_workers();
  loading.cancel = &stop;
  auto connector = Connector::load(zoo.library(), loading);
  REQUIRE(connector);
  auto session = (*connector)->open("{}");
  REQUIRE(session);
  stop.cancel();
  for (int i = 0; i < 20; ++i) CHECK(encoded(**session, "Jane") == "+12125551000|Jane\n");
}

TEST_CASE("a manifest is known without running a constructor") {
  const Zoo zoo("constructor.segfault");
  auto connector = Connector::load(zoo.library(), test::in_workers());
  REQUIRE_MESSAGE(connector, connector.error().message);
  CHECK((*connector)->manifest().name == "Zoo");
  CHECK((*connector)->manifest().fields.size() == 2);
}

TEST_CASE("a library that was exchanged after it was read is not the one that runs") {
  const Zoo zoo("healthy"), other("constructor.segfault");
  auto connector = Connector::load(zoo.library(), test::in_workers());
  REQUIRE(connector);
  std::ofstream(zoo.library(), std::ios::binary) << contents(other.library());
  auto session = (*connector)->open("{}");
  REQUIRE_MESSAGE(session, session.error().message);
  CHECK(encoded(**session, "Jane") == "+12125551000|Jane\n");
}

TEST_CASE("where there is a list of the libraries that may run, another one does not") {
  const Zoo zoo("healthy");
  auto loading = test::in_workers();
  loading.allowed = {std::string(64, '0')};
  for (auto isolate : {Isolate::ThirdParty, Isolate::Always, Isolate::Never}) {
    loading.isolate = isolate;
    auto refused = Connector::load(zoo.library(), loading);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Usage);
    CHECK(has(refused.error().message, "is not on the list of libraries that may run"));
    CHECK(has(refused.error().remedy, sha256_hex(contents(zoo.library()))));
  }
  loading.allowed.push_back(sha256_hex(contents(zoo.library())));
  for (auto isolate : {Isolate::ThirdParty, Isolate::Always, Isolate::Never}) {
    loading.isolate = isolate;
    CHECK(Connector::load(zoo.library(), loading));
  }
}

TEST_CASE("only a file in the program's own connector directory that was built with it counts as shipped") {
  const Zoo zoo("healthy");
  CHECK_FALSE(is_shipped(zoo.library()));
  CHECK_FALSE(is_shipped(std::string(CONNECTORS) + "/truedy.so"));  // this test is not the program beside it
  CHECK_FALSE(is_shipped("/nowhere/truedy.so"));
}

TEST_CASE("a worker that is missing, or no worker, is an error that says so") {
  const Zoo zoo("healthy");
  auto loading = test::in_workers();
  for (const char* program : {"/nowhere/switchboard-worker", "/bin/true"}) {
    loading.worker = program;
    auto connector = Connector::load(zoo.library(), loading);
    REQUIRE(connector);
    auto session = (*connector)->open("{}");
    REQUIRE_FALSE(session);
    CHECK(session.error().kind == ErrorKind::Internal);
  }
  loading.worker.clear();  // none is beside this test
  auto connector = Connector::load(zoo.library(), loading);
  REQUIRE_FALSE(connector);
  CHECK(has(connector.error().message, "switchboard-worker"));
  CHECK(has(connector.error().remedy, "--isolate never"));
}

TEST_CASE("what a call costs in a worker" * doctest::skip()) {
  const std::string library = std::string(CONNECTORS) + "/truedy.so";
  auto loading = test::in_workers();
  loading.isolate = Isolate::Always;
  auto here = Connector::load(library), there = Connector::load(library, loading);
  REQUIRE(here);
  REQUIRE(there);
  const std::vector<std::string> columns = {"phone", "name", "email"};
  for (int count : {1, 100, 1000}) {
    std::vector<std::vector<std::optional<std::string>>> cells;
    std::vector<std::span<const std::optional<std::string>>> rows;
    std::deque<std::string> names;
    std::vector<std::string_view> ids;
    for (int i = 0; i < count; ++i) {
      cells.push_back({"+12125551000", "Jane " + std::to_string(i), "jane@example.com"});
      ids.push_back(names.emplace_back("r" + std::to_string(i)));
    }
    for (const auto& row : cells) rows.emplace_back(row);
    const BatchView batch{columns, 3, rows, ids};
    for (const auto* connector : {here->get(), there->get()}) {
      auto session = connector->open("{}");
      REQUIRE(session);
      std::vector<std::int64_t> took;
      for (int i = 0; i < 300; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        REQUIRE((*session)->encode(batch, Step{}));
        took.push_back(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count());
      }
      std::ranges::sort(took);
      MESSAGE(count, " rows ", std::string(connector == here->get() ? "in process: " : "in a worker: "), took[0], " us a call, median ", took[150]);
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) REQUIRE((*there)->open("{}"));
  MESSAGE("a worker starts in ", std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count() / 20, " us");
}
