#include "host/engine/preview.h"

#include <doctest/doctest.h>

#include <atomic>

#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;

TEST_CASE("a preview shows the first requests without the secrets and sends nothing") {
  auto rows = contacts(100);
  rows[3][0] = "";
  World world(std::move(rows));
  auto shown = preview(world.parts(), world.options, 2);
  REQUIRE(shown);
  const auto& requests = shown->requests;
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].url == "https://api.acme.example/contacts");
  CHECK(requests[0].body.find("\tc11\n") != std::string::npos);
  REQUIRE(shown->held_back.size() == 1);
  CHECK(shown->held_back[0].outcome == Outcome::Rejected);
  for (const auto& request : requests) {
    REQUIRE(request.headers.size() == 1);
    CHECK(request.headers[0].second.find("[redacted]") != std::string::npos);
  }
  CHECK(world.vendor.requests().empty());
}

namespace {

/// Somebody stops it while it reads.
struct StoppedMapper : FakeMapper {
  bool map(const Record& record, mapping::Contact& contact, std::vector<Issue>& issues) const override {
    if (++rows == 50) cancel.cancel();
    return FakeMapper::map(record, contact, issues);
  }
  mutable std::atomic<int> rows{0};
  mutable CancelToken cancel;
};

}  // namespace

TEST_CASE("a preview that is stopped reads no further") {
  constexpr int kRows = 50'000;
  auto rows = contacts(kRows);
  World world({});
  SUBCASE("while it looks for the last of each contact's rows") { world.options.duplicates = Duplicates::Last; }
  SUBCASE("while it looks for a row to send") {
    for (auto& row : rows) row[0] = "";
  }
  const FakeSource source(rows);
  const StoppedMapper mapper;
  Parts parts = world.parts();
  parts.source = &source;
  parts.mapper = &mapper;
  const auto shown = preview(parts, world.options, 2, {}, &mapper.cancel);
  REQUIRE_FALSE(shown);
  CHECK(shown.error().kind == ErrorKind::Unavailable);
  CHECK(mapper.rows < kRows);
}

TEST_CASE("a preview keeps to --limit and ends with the file") {
  World world(contacts(15));
  CHECK(preview(world.parts(), world.options, 50)->requests.size() == 2);
  world.options.limit = 3;
  const auto requests = preview(world.parts(), world.options, 50)->requests;
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].body.find("\tc3\n") != std::string::npos);
  CHECK(requests[0].body.find("\tc4\n") == std::string::npos);
}

TEST_CASE("a preview in which nothing is to be sent says what became of the rows") {
  World world(contacts(15));
  world.options.suppressed = [](const mapping::Contact& contact) { return contact.row > 3; };
  world.options.limit = 10;
  CHECK(preview(world.parts(), world.options, 50)->requests.size() == 1);
  world.options.suppressed = [](const mapping::Contact&) { return true; };
  const auto shown = preview(world.parts(), world.options, 50);
  CHECK(shown->requests.empty());
  REQUIRE(shown->held_back.size() == 1);
  CHECK(shown->held_back[0].code == "row.suppressed");
  CHECK(shown->held_back[0].rows == 10);
}
