#include "host/jobs/job_request.h"

#include <doctest/doctest.h>

#include "host/jobs/request_json.h"

using namespace switchboard;
using namespace switchboard::jobs;

namespace {

/// A request in which every option has a value that is not its default.
JobRequest full() {
  JobRequest request;
  request.connectors = {"truedy", "geelark"};
  request.profile = Profile{"acme", {"/home/jane/switchboard.yaml", "switchboard.yaml"}, true, "truedy", {{"folder_id", "f\"1"}}, {{"api_key", "cmd:pass show truedy"}}};
  request.config = {"/home/jane/switchboard.yaml", "switchboard.yaml"};
  request.connector_path = {{"/opt/connectors", "/opt/connectors"}, {"/home/jane/own", "own"}};
  request.set = {"folder_id=a=b", "geelark.id=7"};
  request.sandbox = true;
  request.base_url = {"truedy=http://127.0.0.1:1"};
  request.ca_file = {"/etc/ca.pem", "../ca.pem"};
  request.reading = {"csv", "windows-1252", "tab", "2", true};
  request.limit = 0;
  request.map = {"/home/jane/map.yaml", "map.yaml"};
  request.field = {"phone=Mobile, \"home\""};
  request.region = "DE";
  request.phone_engine = PhoneEngine::Libphonenumber;
  request.people = mapping::PeoplePolicy::Each;
  request.duplicates = engine::Duplicates::Last;
  request.suppress = {"/home/jane/no.txt", "no.txt"};
  request.only_new = true;
  request.again = true;
  request.concurrency = 2;
  request.batch_size = 3;
  request.max_errors = 4;
  request.timeout = 5;
  request.resend_unknown = true;
  request.rejects = {"/home/jane/r.csv", "r.csv"};
  request.contacts = {"/home/jane/c.ndjson", "c.ndjson"};
  request.reports = {{"/home/jane/r.html", "r.html"}};
  return request;
}

}  // namespace

TEST_CASE("a request comes out of the ledger as it went in") {
  const std::string json = to_json(full());
  auto read = request_from_json(json);
  REQUIRE_MESSAGE(read, read.error().message);
  CHECK(to_json(*read) == json);
  CHECK(read->connectors == full().connectors);
  CHECK(read->set == full().set);
  CHECK(read->limit == 0u);
  CHECK(read->people == mapping::PeoplePolicy::Each);
  CHECK(read->duplicates == engine::Duplicates::Last);
  CHECK(read->phone_engine == PhoneEngine::Libphonenumber);
  CHECK(read->suppress.path == "/home/jane/no.txt");
  CHECK(read->connector_path.at(1).path == "/home/jane/own");
  CHECK(read->reading.no_header);
  CHECK(read->profile->settings.at("folder_id") == "f\"1");
  CHECK(read->profile->file.path == "/home/jane/switchboard.yaml");
}

TEST_CASE("what is said for one run only, and how a secret is come by, is not remembered") {
  const std::string json = to_json(full());
  CHECK(json.find("pass show") == std::string::npos);
  auto read = request_from_json(json);
  REQUIRE(read);
  CHECK_FALSE(read->again);
  CHECK_FALSE(read->resend_unknown);
}

TEST_CASE("a request of the first release is read: options with lists of values, a profile by its name") {
  auto read = request_from_json(
      R"({"batch-size":["10"],"duplicates":["keep"],"no-header":["true"],"only-new":["false"],"profile":["acme"],"progress":["none"],)"
      R"("region":["US"],"rejects":["/tmp/out/r.truedy.csv"],"set":["folder_id=f_1","verify=false"],"to":["truedy","koreai"]})");
  REQUIRE_MESSAGE(read, read.error().message);
  CHECK(read->batch_size == 10u);
  CHECK(read->duplicates == engine::Duplicates::Keep);
  CHECK(read->reading.no_header);
  CHECK_FALSE(read->only_new);
  CHECK(read->profile->name == "acme");
  CHECK_FALSE(read->profile->file.given());
  CHECK(read->region == "US");
  CHECK(read->rejects.path == "/tmp/out/r.truedy.csv");
  CHECK(read->set == std::vector<std::string>{"folder_id=f_1", "verify=false"});
  CHECK(read->connectors == std::vector<std::string>{"truedy", "koreai"});
}

TEST_CASE("a damaged record and one of a newer version are refused, not guessed at") {
  for (const char* json : {"", "{", "[]", R"({"limit": "many"})", R"({"duplicates": "some"})", R"({"schema": "switchboard.request/9"})"}) {
    INFO(json);
    auto read = request_from_json(json);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::Storage);
  }
}
