#include "host/cli/job_options.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "host/cli/own_profiles.h"
#include "host/jobs/request_json.h"

using namespace switchboard;
using namespace switchboard::cli;
namespace fs = std::filesystem;

namespace {

/// Two directories: a job is begun in one, and resumed in the other.
struct Places {
  fs::path before = fs::current_path();
  fs::path folder, elsewhere;
  Places() {
    std::string pattern = (fs::temp_directory_path() / "switchboard-job-options-XXXXXX").string();
    folder = fs::path(mkdtemp(pattern.data())) / "here";
    elsewhere = folder.parent_path() / "elsewhere";
    fs::create_directory(folder);
    fs::create_directory(elsewhere);
    fs::current_path(folder);
    setenv("XDG_CONFIG_HOME", (folder / "user").c_str(), 1);
  }
  ~Places() {
    fs::current_path(before);
    fs::remove_all(folder.parent_path());
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("SWITCHBOARD_TIMEOUT");
    unsetenv("SWITCHBOARD_REGION");
  }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder / name) << text; }
};

Result<Options> options_of(const std::vector<std::string>& words) {
  auto invocation = parse_arguments(words);
  REQUIRE(invocation);
  return Options::resolve(*invocation);
}

/// As the ledger gives it back.
jobs::JobRequest begun_with(std::vector<std::string> words) {
  words.insert(words.begin(), {"import", "people.csv"});
  auto options = options_of(words);
  REQUIRE_MESSAGE(options, options.error().message);
  auto request = request_of(*options, options->arguments()[0]);
  REQUIRE(request);
  auto kept = jobs::request_from_json(jobs::to_json(*request));
  REQUIRE(kept);
  return *kept;
}

Result<void> resume_with(jobs::JobRequest& request, std::vector<std::string> words) {
  words.insert(words.begin(), "resume");
  auto options = options_of(words);
  REQUIRE(options);
  return change_request(*options, request);
}

}  // namespace

TEST_CASE("what a job was begun with is whole: nothing of it depends on the directory that it is resumed from") {
  Places places;
  places.write("switchboard.yaml", "defaults: {region: DE, suppress: no.txt}\n");
  auto request = begun_with({"--to", "truedy", "--map", "map.yaml", "--ca-file", "../ca.pem", "--connector-path", "own",
                             "--report", "r.html", "--duplicates", "last", "--timeout", "7"});
  fs::current_path(places.elsewhere);
  std::ofstream("switchboard.yaml") << "defaults: {region: FR, map: other.yaml, timeout: 1, profile: nobody}\nprofiles: {nobody: {}}\n";
  REQUIRE(resume_with(request, {}));
  const std::string here = places.folder.string();
  CHECK(request.map.path == here + "/map.yaml");
  CHECK(request.suppress.path == here + "/no.txt");
  CHECK(request.ca_file.path == places.folder.parent_path().string() + "/ca.pem");
  CHECK(request.connector_path.at(0).path == here + "/own");
  CHECK(request.reports.at(0).path == here + "/r.html");
  CHECK(request.region == "DE");
  CHECK(request.timeout == 7u);
  CHECK(request.duplicates == engine::Duplicates::Last);
  CHECK_FALSE(request.profile);
}

TEST_CASE("what resume is told now beats what the job was begun with; further settings leave the others") {
  Places places;
  auto request = begun_with({"--to", "truedy", "--set", "folder_id=a", "--max-errors", "1", "--connector-path", "own"});
  setenv("SWITCHBOARD_TIMEOUT", "9", 1);
  setenv("SWITCHBOARD_REGION", "FR", 1);
  REQUIRE(resume_with(request, {"--set", "verify=false", "--max-errors", "50", "--resend-unknown", "--connector-path", "newer"}));
  CHECK(request.set == std::vector<std::string>{"folder_id=a", "verify=false"});
  CHECK(request.max_errors == 50u);
  CHECK(request.timeout == 9u);
  CHECK(request.region.empty());  // no option of `resume`
  CHECK(request.resend_unknown);
  REQUIRE(request.connector_path.size() == 2);
  CHECK(fs::path(request.connector_path[0].path).filename() == "newer");
}

TEST_CASE("a job's profile is looked up again where it stood") {
  Places places;
  places.write("c.yaml", "profiles: {acme: {connector: truedy, settings: {folder_id: f_1}, secrets: {api_key: 'env:OLD'}}}\n");
  auto request = begun_with({"--config", "c.yaml", "--profile", "acme"});
  CHECK(request.profile->secrets.empty());
  places.write("c.yaml", "profiles: {acme: {connector: truedy, settings: {folder_id: f_2}, secrets: {api_key: 'env:NEW'}}}\n");
  fs::current_path(places.elsewhere);
  CHECK(request.connectors == std::vector<std::string>{"truedy"});
  CHECK(request.profile->settings.at("folder_id") == "f_1");
  auto now = OwnProfiles().as_it_stands(*request.profile, nullptr);
  REQUIRE(now);
  CHECK(now->settings.at("folder_id") == "f_2");
  CHECK(now->secrets.at("api_key") == "env:NEW");

  places.write("c.yaml", "profiles: {}\n");
  auto gone = OwnProfiles().as_it_stands(*request.profile, nullptr);
  REQUIRE_FALSE(gone);
  CHECK(gone.error().message.find("acme") != std::string::npos);
  CHECK(gone.error().message.find("c.yaml") != std::string::npos);
}

TEST_CASE("a job of the first release, which knows only its profile's name, finds it where commands look") {
  Places places;
  places.write("switchboard.yaml", "profiles: {acme: {connector: truedy, settings: {folder_id: f_1}}}\n");
  auto request = jobs::request_from_json(R"({"profile": ["acme"], "to": ["truedy"]})");
  REQUIRE(request);
  auto found = OwnProfiles().as_it_stands(*request->profile, nullptr);
  REQUIRE(found);
  CHECK(found->settings.at("folder_id") == "f_1");
}
