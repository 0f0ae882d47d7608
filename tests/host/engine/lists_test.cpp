// Vendors that say what an upload came to in a list of the account only.
#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "host/engine/vendor/shared_pages.h"
#include "switchboard/abi.h"
#include "tests/host/engine/checks.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

namespace {

struct Listed : World {
  explicit Listed(std::size_t rows, std::uint64_t in_flight = 1) : World(contacts(rows), {.replay = SWB_UNSAFE, .reconcile = true, .listed = true}) {
    connector.manifest_.limits.lists = {"/list"};
    connector.manifest_.limits.in_flight = in_flight;
  }
  static bool lists(const transport::HttpRequest& request) { return request.url.find("/list") != std::string::npos; }
  std::size_t looks() const {
    const auto all = vendor.requests();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), lists));
  }
};

transport::HttpResponse page(std::uint32_t status, std::string body) {
  transport::HttpResponse answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

}  // namespace

TEST_CASE("chains rest before they read the account's list, and read it once for all of them") {
  Listed world(100);
  world.vendor.bad_rows = {"c7", "c55"};
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Created) == 98);
  CHECK(world.count(Outcome::Rejected) == 2);
  const auto requests = world.vendor.requests();
  CHECK(requests.size() == 10 + 25);
  CHECK(std::none_of(requests.begin(), requests.begin() + 10, Listed::lists));
  CHECK(world.job.requests_sent == requests.size());
}

TEST_CASE("each chain reads the list for itself where the manifest names none, and where errors are to be known early") {
  Listed world(100);
  world.vendor.bad_rows = {"c7", "c55"};
  SUBCASE("the manifest names none") { world.connector.manifest_.limits.lists.clear(); }
  SUBCASE("--max-errors") { world.options.max_errors = 50; }
  CHECK(finish(world).exit_code() == 3);
  CHECK(world.count(Outcome::Created) == 98);
  CHECK(Listed::lists(world.vendor.requests()[1]));
  CHECK(world.looks() > 100);
}

TEST_CASE("no more rest than fit into memory: then those read the list, while nothing is sent") {
  Listed world(1'600);  // in 160 chains, of which 64 are enough
  world.vendor.page_rows = 64;
  CHECK(finish(world).exit_code() == 0);
  CHECK(world.count(Outcome::Created) == 1'600);
  const auto requests = world.vendor.requests();
  CHECK(world.looks() == 10 + 20 + 25);
  std::size_t begins = 0;
  for (std::size_t i = 1; i < requests.size(); ++i) begins += Listed::lists(requests[i]) && !Listed::lists(requests[i - 1]);
  CHECK(begins == 3);
}

TEST_CASE("a page that does not come, or is to come later, is asked for again, and is no page for anybody") {
  for (const auto fault : {Fault::Error503, Fault::Throttle, Fault::CutBefore, Fault::Refused, Fault::Unauthorized}) {
    Listed world(60);  // one sender: which requests fail is the same each time
    world.vendor.throttle_ms = 2'000;
    world.vendor.faults = [&](std::uint64_t n, const transport::HttpRequest& request) {
      return Listed::lists(request) && n % 5 == 0 ? fault : Fault::None;
    };
    CHECK(finish(world).exit_code() == 0);
    CHECK(world.count(Outcome::Created) == 60);
    CHECK(world.looks() < 60);
  }
}

TEST_CASE("an interrupt while chains rest, or while they read, leaves them in the ledger") {
  // Three uploads; five, and pages with eight rows; five, and pages with sixteen, which all of the first chain's are among.
  for (const auto& [at, left] : {std::pair{3u, 3u}, {7u, 5u}, {9u, 4u}}) {
    Listed world(50);
    Engine* engine = nullptr;
    world.with_engine = [&](Engine& e) { engine = &e; };
    world.vendor.during = [&, last = at](const transport::HttpRequest&) {
      if (world.vendor.requests().size() == last) engine->interrupt(EndReason::Terminated);
    };
    auto result = world.run();
    REQUIRE(result);
    CHECK(result->exit_code() == 143);
    check_all_is_well(world);
    CHECK(world.ledger.chains()->size() == left);
    world.vendor.during = nullptr;
    CHECK(world.run_to_the_end().exit_code() == 0);
    check_all_is_well(world);
    CHECK(world.count(Outcome::Created) == 50);
    CHECK(world.looks() < 2 * 13 + 3);
  }
}

TEST_CASE("a page is shown to those alone who could have asked for it themselves") {
  SharedPages pages(2'000);
  const std::string key = SharedPages::key_of({"GET", "https://acme.example/list?page=1", {{"account", "7"}}, ""}, "");
  const auto before = pages.next(), asked = pages.next(), after = pages.next();
  CHECK_FALSE(pages.find(key, 0, 0));
  pages.keep(key, {asked, 5'000, 6'000, page(200, "one")});
  REQUIRE(pages.find(key, before, 0));
  CHECK(pages.find(key, before, 5'000)->answer.body == "one");
  CHECK_FALSE(pages.find(key, asked, 0));
  CHECK_FALSE(pages.find(key, after, 0));
  CHECK_FALSE(pages.find(key, before, 5'001));
  CHECK_FALSE(pages.find(SharedPages::key_of({"GET", "https://acme.example/list?page=1", {{"account", "8"}}, ""}, ""), before, 0));
  pages.keep(key, {after, 7'000, 8'000, page(503, "no")});
  CHECK(pages.find(key, before, 0)->answer.body == "one");
  pages.keep("other", {pages.next(), 9'000, 9'000, page(200, std::string(1'900, 'x'))});
  CHECK_FALSE(pages.find(key, before, 0));  // the oldest made room
  pages.keep("large", {pages.next(), 9'000, 9'000, page(200, std::string(3'000, 'x'))});
  CHECK_FALSE(pages.find("large", 0, 0));
}

TEST_CASE("a list is a SAFE GET without a body, of a path that the manifest names") {
  mapping::Limits limits;
  limits.lists = {"/contacts"};
  connectors::Request request;
  request.method = "GET";
  request.path = "/contacts?skip=10";
  request.replay = SWB_SAFE;
  CHECK(reads_list(limits, request));
  for (const auto spoil : {+[](connectors::Request& r) { r.method = "POST"; }, +[](connectors::Request& r) { r.replay = SWB_UNSAFE; },
                           +[](connectors::Request& r) { r.body = "x"; }, +[](connectors::Request& r) { r.path = "/contacts/1"; }}) {
    auto other = request;
    spoil(other);
    CHECK_FALSE(reads_list(limits, other));
  }
}
