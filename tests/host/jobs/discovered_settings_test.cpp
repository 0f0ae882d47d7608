#include "host/jobs/discovered_settings.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace switchboard;
using namespace switchboard::jobs;

TEST_CASE("a setting that must name something in the account is looked up: its id goes out, what is not there is refused") {
  test::World world;
  StopButton stop;
  auto request = world.request(world.people(1));
  request.set = {"folder_id=no_such_folder"};
  auto ended = world.service(stop).import(request);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().kind == ErrorKind::Usage);
  CHECK(ended.error().message.find("no_such_folder") != std::string::npos);
  CHECK(world.contacts() == 0);
  CHECK(world.ledger->jobs().all()->empty());
}

TEST_CASE("where the vendor refuses the question, nothing is sent and every row is accounted for") {
  test::World world;
  setenv("SWITCHBOARD_TRUEDY_API_KEY", "wrong", 1);
  StopButton stop;
  auto request = world.request(world.people(2));
  request.set = {"folder_id=some_folder"};
  auto ended = world.service(stop).import(request);
  REQUIRE(ended);
  REQUIRE(ended->reports.size() == 1);
  CHECK(ended->reports[0].job.exit_code == 5);
  CHECK(ended->reports[0].rows.sum() == 2);
  CHECK(ended->reports[0].rows[Outcome::Failed] == 2);
  CHECK(world.contacts() == 0);
}

TEST_CASE("settings that are sent as they are need no asking") {
  test::World world;
  auto connectors = open_connectors({NamedFile::of(CONNECTORS)}, {"truedy"}, test::in_this_process());
  REQUIRE(connectors);
  const auto& folder = *connectors->front()->manifest().setting("folder_id");
  CHECK_FALSE(needs_asking(folder, {{"folder_id", ""}}));
  CHECK(needs_asking(folder, {{"folder_id", "f"}}));
}
