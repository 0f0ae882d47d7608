#include "host/jobs/target.h"

#include <doctest/doctest.h>

#include "host/jobs/preview_job.h"
#include "world.h"

using namespace switchboard;
using namespace switchboard::jobs;

namespace {

JobRequest to(std::vector<std::string> connectors) {
  JobRequest request;
  request.connectors = std::move(connectors);
  request.connector_path = {NamedFile::of(CONNECTORS)};
  request.loading = test::in_this_process();
  return request;
}

std::string error_of(const JobRequest& request, Purpose purpose = Purpose::Check) {
  auto targets = open_targets(request, request.connectors, purpose, nullptr);
  REQUIRE_FALSE(targets);
  CHECK(targets.error().kind == ErrorKind::Usage);
  return targets.error().message + " " + targets.error().remedy;
}

}  // namespace

TEST_CASE("an address binds to one connector; one for several is refused") {
  auto request = to({"truedy", "geelark"});
  request.set = {"geelark.id=phone_1"};
  request.base_url = {"http://127.0.0.1:1"};
  CHECK(error_of(request).find("several connectors to one address") != std::string::npos);
  request.base_url = {"truedy=http://127.0.0.1:1", "geelark=http://127.0.0.1:2"};
  auto targets = open_targets(request, request.connectors, Purpose::Check, nullptr);
  REQUIRE(targets);
  CHECK(targets->at(0)->egress.base_url == "http://127.0.0.1:1/api/public/v1");
  CHECK(targets->at(1)->egress.base_url == "http://127.0.0.1:2");
}

TEST_CASE("a setting that nobody knows is named; one that another connector knows is not minded") {
  auto request = to({"truedy", "geelark"});
  request.set = {"geelark.id=phone_1", "foldr_id=1"};
  CHECK(error_of(request).find("folder_id") != std::string::npos);
  request.set = {"id=phone_1", "folder_id=1"};
  CHECK(open_targets(request, request.connectors, Purpose::Check, nullptr));
  // A resume opens one of the connectors that the job's command named.
  CHECK(open_targets(request, {"truedy"}, Purpose::Check, nullptr));
}

TEST_CASE("a setting with several values that makes one job each gives a target each, and none twice") {
  auto request = to({"geelark"});
  request.set = {"id=phone_1,phone_2"};
  auto targets = open_targets(request, request.connectors, Purpose::Check, nullptr);
  REQUIRE(targets);
  REQUIRE(targets->size() == 2);
  CHECK(targets->at(1)->settings.at("id") == "phone_2");
  CHECK(targets->at(0)->account("j") != targets->at(1)->account("j"));
  request.set = {"id=phone_1,phone_1"};
  CHECK(error_of(request).find("twice") != std::string::npos);
}

TEST_CASE("nothing is sent without a credential, and its variable is named") {
  unsetenv("SWITCHBOARD_TRUEDY_API_KEY");
  const std::string message = error_of(to({"truedy"}), Purpose::Send);
  CHECK_MESSAGE(message.find("SWITCHBOARD_TRUEDY_API_KEY") != std::string::npos, message);
}

TEST_CASE("a connector that is asked something may lack a setting that an import needs") {
  CHECK(error_of(to({"geelark"})).find("id") != std::string::npos);
  setenv("SWITCHBOARD_GEELARK_TOKEN", "t", 1);
  CHECK(open_targets(to({"geelark"}), {"geelark"}, Purpose::Ask, nullptr));
  unsetenv("SWITCHBOARD_GEELARK_TOKEN");
}

TEST_CASE("a secret's command that runs for ever ends when it is told to") {
  auto request = to({"truedy"});
  request.profile = Profile{"acme", {}, false, "truedy", {}, {{"api_key", "cmd:sleep 1000"}}};
  CancelToken cancel;
  cancel.cancel();
  auto targets = open_targets(request, request.connectors, Purpose::Send, &cancel);
  REQUIRE_FALSE(targets);
  CHECK(targets.error().kind == ErrorKind::Unavailable);
}

TEST_CASE("a preview into a sandbox shows the sandbox's address, and no secret of ours") {
  test::World world;
  auto request = world.request(world.people(1));
  request.base_url.clear();
  request.sandbox = true;
  auto previewed = preview(request, "", nullptr, nullptr);
  REQUIRE(previewed);
  REQUIRE(previewed->requests.size() == 1);
  CHECK_MESSAGE(previewed->requests[0].url.starts_with("http://127.0.0.1:"), previewed->requests[0].url);
}

TEST_CASE("a preview leaves out what an import would: the suppressed, duplicates, what was delivered before") {
  test::World world;
  auto request = world.request(world.people(3));
  request.suppress = NamedFile::of(world.write("no.txt", "+12125551000\n"));
  auto previewed = preview(request, "", nullptr, nullptr);
  REQUIRE(previewed);
  CHECK(previewed->requests.at(0).body.find("Person 0") == std::string::npos);
  CHECK(previewed->requests.at(0).body.find("Person 1") != std::string::npos);

  StopButton stop;
  REQUIRE(world.service(stop).import(request));
  request.suppress = {};
  request.only_new = true;
  auto new_ones = preview(request, "", &world.ledger->sent(), nullptr);
  REQUIRE(new_ones);
  REQUIRE(new_ones->requests.size() == 1);
  CHECK(new_ones->requests[0].body.find("Person 0") != std::string::npos);
  CHECK(new_ones->requests[0].body.find("Person 1") == std::string::npos);
}

TEST_CASE("a check and a preview of what is new know the customer by the key that is at hand, as the import does") {
  test::World world;
  auto request = world.request(world.people(3));
  StopButton stop;
  REQUIRE(world.service(stop).import(request));
  const auto skipped = [&] {
    auto checked = world.service(stop).check(request);
    REQUIRE(checked);
    return checked->reports.at(0).rows[Outcome::Skipped];
  };
  const auto shown = [&] { return preview(request, "", &world.ledger->sent(), nullptr)->requests.size(); };
  request.only_new = true;
  CHECK(skipped() == 3);
  CHECK(shown() == 0);
  ::setenv("SWITCHBOARD_TRUEDY_API_KEY", "of customer b", 1);
  CHECK(skipped() == 0);
  CHECK(shown() == 1);
  ::unsetenv("SWITCHBOARD_TRUEDY_API_KEY");
  CHECK(skipped() == 3);  // nobody in particular: whoever it was may have them
}
