#include "host/jobs/settings.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "core/base/cancel.h"
#include "host/jobs/target.h"

#include "world.h"

using namespace switchboard;
using namespace switchboard::jobs;

namespace {

struct Truedy {
  std::vector<std::unique_ptr<connectors::Connector>> loaded;
  Truedy() {
    auto opened = open_connectors({NamedFile::of(CONNECTORS)}, {"truedy"}, test::in_this_process());
    REQUIRE(opened);
    loaded = std::move(*opened);
  }
  const mapping::Manifest& manifest() const { return loaded.front()->manifest(); }
  Result<std::map<std::string, std::string>> settings(JobRequest request) const {
    request.connectors = {"truedy"};
    auto given = assignments(request);
    if (!given) return given.error();
    return settings_of(manifest(), request, *given, Required::Checked);
  }
};

JobRequest setting(std::vector<std::string> set) {
  JobRequest request;
  request.set = std::move(set);
  return request;
}

}  // namespace

TEST_CASE("--set beats the profile, which beats the connector's default; the last word counts") {
  Truedy truedy;
  CHECK(truedy.settings({})->at("settle_ms") == "5000");
  JobRequest request;
  request.profile = Profile{"acme", {}, false, "truedy", {{"settle_ms", "1"}, {"verify", "no"}}, {}};
  CHECK(truedy.settings(request)->at("settle_ms") == "1");
  CHECK(truedy.settings(request)->at("verify") == "false");
  request.set = {"settle_ms=2", "truedy.settle_ms=007"};
  CHECK(truedy.settings(request)->at("settle_ms") == "7");
  request.profile->connector = "koreai";
  request.set.clear();
  CHECK(truedy.settings(request)->at("settle_ms") == "5000");
}

TEST_CASE("a setting that does not fit is named with its place and the nearest that is known") {
  Truedy truedy;
  const auto message = [&](const std::string& set) {
    auto settings = truedy.settings(setting({set}));
    REQUIRE_FALSE(settings);
    CHECK(settings.error().kind == ErrorKind::Usage);
    return settings.error().message;
  };
  CHECK(message("settle_ms=600001").find("0 to 600000") != std::string::npos);
  CHECK(message("settle_ms=soon").find("whole number") != std::string::npos);
  CHECK(message("match_scope=all").find("organisation, folder") != std::string::npos);
  CHECK(message("folder_id=  ").find("blank") != std::string::npos);
  CHECK(message("truedy.foldr_id=1").find("folder_id") != std::string::npos);
  CHECK(message("trudy.folder_id=1").find("no connector of this command") != std::string::npos);
  CHECK(message("folder_id").find("KEY=VALUE") != std::string::npos);
}

TEST_CASE("secrets come from the profile's references, else from the environment") {
  Truedy truedy;
  setenv("SWITCHBOARD_TRUEDY_API_KEY", "of the environment", 1);
  JobRequest request;
  request.connectors = {"truedy"};
  CHECK(secrets_of(truedy.manifest(), request, nullptr)->at("api_key") == "of the environment");
  request.profile = Profile{"acme", {}, false, "truedy", {}, {{"api_key", "cmd:echo of a command"}}};
  CHECK(secrets_of(truedy.manifest(), request, nullptr)->at("api_key") == "of a command");
  request.profile->secrets = {{"api_kee", "env:HOME"}};
  auto unknown = secrets_of(truedy.manifest(), request, nullptr);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("api_key") != std::string::npos);
  unsetenv("SWITCHBOARD_TRUEDY_API_KEY");
}

TEST_CASE("an emulator of our own never gets a real secret, one that serves others accepts it") {
  Truedy truedy;
  setenv("SWITCHBOARD_TRUEDY_API_KEY", "real", 1);
  CHECK(invented_secrets(truedy.manifest()).at("api_key") == "sandbox");
  CHECK(sandbox_secrets(truedy.manifest()).at("api_key") == "real");
  unsetenv("SWITCHBOARD_TRUEDY_API_KEY");
  CHECK(sandbox_secrets(truedy.manifest()).at("api_key") == "sandbox");
}
