#include "host/engine/preview.h"

#include <doctest/doctest.h>

#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;

TEST_CASE("a preview shows the first requests without the secrets and sends nothing") {
  auto rows = contacts(100);
  rows[3][0] = "";
  World world(std::move(rows));
  auto requests = preview(world.parts(), world.options, 2);
  REQUIRE(requests);
  REQUIRE(requests->size() == 2);
  CHECK((*requests)[0].url == "https://api.acme.example/contacts");
  CHECK((*requests)[0].body.find("\tc11\n") != std::string::npos);
  for (const auto& request : *requests) {
    REQUIRE(request.headers.size() == 1);
    CHECK(request.headers[0].second.find("[redacted]") != std::string::npos);
  }
  CHECK(world.vendor.requests().empty());
}

TEST_CASE("a preview keeps to --limit and ends with the file") {
  World world(contacts(15));
  CHECK(preview(world.parts(), world.options, 50)->size() == 2);
  world.options.limit = 3;
  const auto requests = preview(world.parts(), world.options, 50);
  REQUIRE(requests->size() == 1);
  CHECK((*requests)[0].body.find("\tc3\n") != std::string::npos);
  CHECK((*requests)[0].body.find("\tc4\n") == std::string::npos);
}
