#include "host/cli/options.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "host/cli/ledger_options.h"

using namespace switchboard;
using namespace switchboard::cli;
namespace fs = std::filesystem;

namespace {

/// A directory to stand in, with a switchboard.yaml; the environment is put back afterwards.
struct Place {
  fs::path before = fs::current_path();
  fs::path folder;
  Place() {
    std::string pattern = (fs::temp_directory_path() / "switchboard-options-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    fs::current_path(folder);
    setenv("XDG_CONFIG_HOME", (folder / "user").c_str(), 1);
  }
  ~Place() {
    fs::current_path(before);
    fs::remove_all(folder);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("SWITCHBOARD_REGION");
    unsetenv("SWITCHBOARD_TO");
    unsetenv("SWITCHBOARD_FORMAT");
    unsetenv("SWITCHBOARD_OUTPUT");
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  }
};

Result<Options> resolve(const std::vector<std::string>& words) {
  auto invocation = parse_arguments(words);
  REQUIRE(invocation);
  return Options::resolve(*invocation);
}

}  // namespace

TEST_CASE("flag beats environment beats profile beats file beats the user's file beats default, and each is named") {
  Place place;
  place.write("user/switchboard/config.yaml", "defaults: {region: AT, max-errors: 5}\n");
  auto only_user = resolve({"import", "f.csv"});
  REQUIRE(only_user);
  CHECK(only_user->text("region") == "AT");

  place.write("switchboard.yaml", "defaults:\n  region: DE\nprofiles:\n  acme:\n    connector: truedy\n    region: FR\n");
  auto file = resolve({"import", "f.csv"});
  REQUIRE(file);
  CHECK(file->text("region") == "DE");
  CHECK(file->origin("region") == "switchboard.yaml");
  CHECK(*file->number("max-errors").value() == 5);
  CHECK(file->text("duplicates") == "first");
  CHECK(file->origin("duplicates") == "the default");

  auto profile = resolve({"import", "f.csv", "--profile", "acme"});
  REQUIRE(profile);
  CHECK(profile->text("region") == "FR");
  CHECK(profile->list("to") == std::vector<std::string>{"truedy"});

  setenv("SWITCHBOARD_REGION", "GB", 1);
  auto environment = resolve({"import", "f.csv", "--profile", "acme"});
  REQUIRE(environment);
  CHECK(environment->text("region") == "GB");
  CHECK(environment->origin("region") == "the environment");

  auto flag = resolve({"import", "f.csv", "--profile", "acme", "--region", "US"});
  REQUIRE(flag);
  CHECK(flag->text("region") == "US");
  CHECK(flag->origin("region") == "the command line");
}

TEST_CASE("a flag that takes one of a few words takes no other, wherever it comes from") {
  Place place;
  CHECK(resolve({"import", "f.csv", "--output", "json"}));
  CHECK(resolve({"report", "--output", "ndjson"}));
  auto wrong = resolve({"import", "f.csv", "--output", "xml"});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::Usage);
  CHECK(wrong.error().message == "--output \"xml\" (from the command line) is none of: text, json.");
  CHECK_FALSE(resolve({"import", "f.csv", "--duplicates", "all"}));
  CHECK_FALSE(resolve({"import", "f.csv", "--progress", "fancy"}));
  CHECK_FALSE(resolve({"describe", "truedy", "--format", "html"}));
  CHECK(resolve({"import", "f.csv", "--format", "tsv"}));  // the same flag, of the file
  place.write("switchboard.yaml", "defaults:\n  duplicates: none\n");
  auto file = resolve({"import", "f.csv"});
  REQUIRE_FALSE(file);
  CHECK(file.error().message.find("from switchboard.yaml") != std::string::npos);
  CHECK(resolve({"jobs"}));
}

TEST_CASE("an unknown key of a configuration file names its line and the nearest known key") {
  Place place;
  place.write("switchboard.yaml", "defaults:\n  regoin: DE\n");
  auto options = resolve({"import", "f.csv"});
  REQUIRE_FALSE(options);
  CHECK(options.error().kind == ErrorKind::Usage);
  CHECK(options.error().message.find("line 2") != std::string::npos);
  CHECK(options.error().message.find("\"region\"") != std::string::npos);
}

TEST_CASE("a key that stands twice is refused, not resolved in silence") {
  Place place;
  place.write("switchboard.yaml", "defaults:\n  region: DE\n  region: FR\n");
  CHECK_FALSE(resolve({"import", "f.csv"}));
}

TEST_CASE("a secret in a configuration file must be a reference") {
  Place place;
  place.write("switchboard.yaml", "profiles:\n  acme:\n    secrets: {api_key: truedy_abcdef}\n");
  auto options = resolve({"import", "f.csv"});
  REQUIRE_FALSE(options);
  CHECK(options.error().message.find("truedy_abcdef") == std::string::npos);
  CHECK(options.error().message.find("env:NAME") != std::string::npos);
}

TEST_CASE("lists come from all forms") {
  Place place;
  place.write("switchboard.yaml", "defaults:\n  set: {folder_id: f1, overwrite_existing: true}\n");
  auto options = resolve({"import", "f.csv"});
  REQUIRE(options);
  CHECK(options->list("set") == std::vector<std::string>{"folder_id=f1", "overwrite_existing=true"});
  setenv("SWITCHBOARD_TO", "truedy,apptoto", 1);
  auto environment = resolve({"import", "f.csv"});
  REQUIRE(environment);
  CHECK(environment->list("to") == std::vector<std::string>{"truedy", "apptoto"});
}

TEST_CASE("an unknown profile names the nearest") {
  Place place;
  place.write("switchboard.yaml", "profiles:\n  acme: {connector: truedy}\n");
  auto options = resolve({"import", "f.csv", "--profile", "acne"});
  REQUIRE_FALSE(options);
  CHECK(options.error().message.find("acme") != std::string::npos);
}

TEST_CASE("a number that is none is a usage error that says where it came from") {
  Place place;
  setenv("SWITCHBOARD_REGION", "US", 1);
  auto options = resolve({"import", "f.csv", "--limit", "ten"});
  REQUIRE(options);
  auto limit = options->number("limit");
  REQUIRE_FALSE(limit);
  CHECK(limit.error().message.find("the command line") != std::string::npos);
}

TEST_CASE("the format of a file and the format of a report are told apart outside of the command line") {
  Place place;
  setenv("SWITCHBOARD_FORMAT", "csv", 1);
  CHECK(resolve({"inspect", "f.csv"}).value().text("format") == "csv");
  auto report = resolve({"report"});
  REQUIRE(report);
  CHECK(report->text("report-format") == "text");
  CHECK(resolve({"report", "--format", "ndjson"}).value().text("report-format") == "ndjson");
  CHECK(resolve({"describe", "truedy", "--format", "markdown"}).value().text("describe-format") == "markdown");
  place.write("switchboard.yaml", "defaults: {format: tsv, report-format: html}\n");
  CHECK(resolve({"report"}).value().text("report-format") == "html");
  CHECK(resolve({"describe", "truedy"}).value().text("describe-format") == "text");
  unsetenv("SWITCHBOARD_FORMAT");
  CHECK(resolve({"inspect", "f.csv"}).value().text("format") == "tsv");
}

TEST_CASE("a form that only reports have says where it belongs") {
  Place place;
  setenv("SWITCHBOARD_OUTPUT", "html", 1);
  CHECK(resolve({"report"}).value().text("output") == "html");
  auto jobs = resolve({"jobs"});
  REQUIRE_FALSE(jobs);
  CHECK(jobs.error().remedy.find("SWITCHBOARD_REPORT_FORMAT") != std::string::npos);
}

TEST_CASE("a --config file comes before the directory's, and is believed where it is the same") {
  Place place;
  place.write("switchboard.yaml", "defaults: {region: DE, connector-path: here}\n");
  CHECK_FALSE(resolve({"import", "f.csv"}));
  for (const std::string& path : {std::string("switchboard.yaml"), std::string("./switchboard.yaml"), (place.folder / "switchboard.yaml").string()}) {
    auto named = resolve({"import", "f.csv", "--config", path});
    REQUIRE(named);
    CHECK(named->list("connector-path") == std::vector<std::string>{"here"});
  }
  place.write("mine.yaml", "defaults: {region: FR}\n");
  place.write("switchboard.yaml", "defaults: {region: DE, limit: 3}\n");
  auto both = resolve({"import", "f.csv", "--config", "mine.yaml"});
  REQUIRE(both);
  CHECK(both->text("region") == "FR");
  CHECK(both->origin("limit") == "switchboard.yaml");
}

TEST_CASE("a directory's own file may not choose its own credential") {
  Place place;
  const std::string profiles = "profiles:\n  theirs: {connector: truedy, secrets: {api_key: 'file:key'}}\n";
  place.write("switchboard.yaml", "defaults: {profile: theirs}\n" + profiles);
  auto chosen = resolve({"import", "f.csv"});
  REQUIRE_FALSE(chosen);
  CHECK(chosen.error().remedy.find("--profile theirs") != std::string::npos);
  CHECK(resolve({"import", "f.csv", "--profile", "theirs"}));
  place.write("switchboard.yaml", profiles);
  CHECK(resolve({"import", "f.csv"}));
  place.write("user/switchboard/config.yaml", "defaults: {profile: mine}\nprofiles:\n  mine: {secrets: {api_key: 'file:key'}}\n");
  CHECK(resolve({"import", "f.csv"}));
}

TEST_CASE("a configuration directory that cannot be looked into is a usage error") {
  Place place;
  fs::create_symlink("loop", place.folder / "loop");
  setenv("XDG_CONFIG_HOME", (place.folder / "loop").c_str(), 1);
  auto options = resolve({"jobs"});
  REQUIRE_FALSE(options);
  CHECK(options.error().kind == ErrorKind::Usage);
}

TEST_CASE("the command that goes on with a job begins where its profile's secrets are found") {
  Place place;
  const auto words_with = [&](const std::string& secret) {
    place.write("own.yaml", "profiles:\n  a: {connector: truedy, secrets: {api_key: '" + secret + "'}}\n");
    auto options = resolve({"import", "f.csv", "--config", "own.yaml", "--profile", "a"});
    REQUIRE(options);
    return resume_words(*options);
  };
  const std::string there = "cd " + place.folder.string() + " && switchboard resume";
  CHECK(words_with("file:key.txt") == there);
  CHECK(words_with("cmd:./key.sh now") == there);
  CHECK(words_with("file:/etc/key") == "switchboard resume");
  CHECK(words_with("cmd:pass show key") == "switchboard resume");
  CHECK(words_with("env:KEY") == "switchboard resume");
}
