#include "host/cli/config_file.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace switchboard;
using namespace switchboard::cli;
namespace fs = std::filesystem;

namespace {

/// A directory to stand in, with files in it.
struct Folder {
  fs::path before = fs::current_path();
  fs::path path;
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "switchboard-config-XXXXXX").string();
    path = mkdtemp(pattern.data());
    fs::current_path(path);
  }
  ~Folder() {
    fs::current_path(before);
    fs::remove_all(path);
  }
  static Result<ConfigFile> load(const std::string& text, Whose whose = Whose::User) {
    std::ofstream("switchboard.yaml") << text;
    return load_config("switchboard.yaml", whose);
  }
};

std::string refused(const Result<ConfigFile>& file) {
  REQUIRE_FALSE(file);
  CHECK(file.error().kind == ErrorKind::Usage);
  return file.error().message + " " + file.error().remedy;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a configuration file holds defaults and profiles") {
  const Folder folder;
  const auto file = Folder::load(
      "defaults:\n  region: DE\n  no-header: yes\n  to: [truedy, apptoto]\n  set: {folder_id: f1}\n"
      "profiles:\n  nightly:\n    connector: truedy\n    settings: {folder_id: f2, groups: [a, b]}\n"
      "    secrets: {api_key: env:KEY}\n    only-new: true\n");
  REQUIRE(file);
  CHECK(file->defaults.at("region") == std::vector<std::string>{"DE"});
  CHECK(file->defaults.at("no-header") == std::vector<std::string>{"true"});
  CHECK(file->defaults.at("to") == std::vector<std::string>{"truedy", "apptoto"});
  CHECK(file->defaults.at("set") == std::vector<std::string>{"folder_id=f1"});
  REQUIRE(file->profiles.size() == 1);
  const Profile& profile = file->profiles.front();
  CHECK(profile.name == "nightly");
  CHECK(profile.connector == "truedy");
  CHECK(profile.settings.at("groups") == "a,b");
  CHECK(profile.secrets.at("api_key") == "env:KEY");
  CHECK(profile.flags.at("only-new") == std::vector<std::string>{"true"});
}

TEST_CASE("an empty configuration file says nothing, and a broken one is refused with its line") {
  const Folder folder;
  CHECK(Folder::load("").value().defaults.empty());
  CHECK(holds(refused(Folder::load("defaults:\n  region: [\n")), "switchboard.yaml, line"));
  CHECK(holds(refused(Folder::load("defaults:\n  - region\n")), "line 2"));
  CHECK(holds(refused(Folder::load("defaults:\n  no-header: perhaps\n")), "\"no-header\" is true or false"));
  CHECK(holds(refused(Folder::load("defaults:\n  region: {a: b}\n")), "needs a single value"));
  CHECK(holds(refused(Folder::load("defauls:\n  region: DE\n")), "\"defaults\""));
}

TEST_CASE("a file that is not there, or is none, is said") {
  const Folder folder;
  CHECK(holds(refused(load_config("no.yaml", Whose::User)), "No such file or directory"));
  CHECK(holds(refused(load_config(".", Whose::User)), "is a directory"));
}

TEST_CASE("a place that may not be looked at is not taken for one without a configuration") {
  const Folder folder;
  fs::create_symlink("loop", "loop");
  CHECK_FALSE(config_exists("none.yaml").value());
  CHECK_FALSE(config_exists("none/none.yaml").value());
  std::ofstream("some.yaml") << "";
  CHECK(config_exists("some.yaml").value());
  CHECK_FALSE(config_exists("some.yaml/below.yaml").value());
  const auto unknown = config_exists("loop/config.yaml");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ErrorKind::Usage);
  CHECK(holds(unknown.error().message, "loop/config.yaml"));
  CHECK(holds(unknown.error().remedy, "XDG_CONFIG_HOME"));
}

TEST_CASE("what runs code, moves contacts or brings a history stands in the user's own files only") {
  const Folder folder;
  for (const std::string line : {"connector-path: ./evil", "base-url: 'http://127.0.0.1:9'", "ca-file: ca.pem", "state-dir: s",
                                 "ledger: 'sqlite:s'", "config: other.yaml"}) {
    INFO(line);
    const std::string name = "\"" + line.substr(0, line.find(':')) + "\"";
    CHECK(Folder::load("defaults:\n  " + line + "\n"));
    const std::string why = refused(Folder::load("defaults:\n  " + line + "\n", Whose::Folder));
    CHECK(holds(why, "switchboard.yaml, line 2: " + name));
    CHECK(holds(why, "--config"));
    CHECK(holds(refused(Folder::load("profiles:\n  x:\n    " + line + "\n", Whose::Folder)), "line 3: " + name));
  }
  const std::string secrets = "profiles:\n  x:\n    secrets: {api_key: 'cmd:touch here'}\n";
  CHECK(Folder::load(secrets));
  CHECK(holds(refused(Folder::load(secrets, Whose::Folder)), "cmd:COMMAND"));
  CHECK(Folder::load("defaults: {region: DE, to: truedy, map: m.yaml}\n", Whose::Folder));
  CHECK(Folder::load("profiles:\n  x:\n    secrets: {api_key: env:KEY}\n", Whose::Folder));
}

TEST_CASE("a directory's own file names files below it only") {
  const Folder folder;
  fs::create_directory("inner");
  fs::create_symlink("/", "door");
  for (const std::string key : {"rejects", "contacts", "report", "out"}) {
    for (const std::string path : {"/etc/x.txt", "../x.txt", "inner/../../x.txt", "door/x.txt", "."}) {
      INFO(key, ": ", path);
      CHECK(holds(refused(Folder::load("defaults: {" + key + ": " + path + "}\n", Whose::Folder)), "outside of that directory"));
    }
    CHECK(Folder::load("defaults: {" + key + ": inner/x.txt}\n", Whose::Folder));
    CHECK(Folder::load("defaults: {" + key + ": x.txt}\n", Whose::Folder));
    CHECK(Folder::load("defaults: {" + key + ": /etc/x.txt}\n", Whose::User));
  }
}

TEST_CASE("a configuration may come from a pipe; one that nobody writes to is given up when the command is stopped") {
  const Folder folder;
  REQUIRE(::mkfifo("pipe", 0600) == 0);
  std::thread writer([] { std::ofstream("pipe") << "defaults: {region: DE}\n"; });
  const auto config = load_config("pipe", Whose::User);
  writer.join();
  REQUIRE(config);
  CHECK(config->defaults.contains("region"));
  CancelToken cancel;
  cancel.cancel();
  const auto nobody = load_config("pipe", Whose::User, &cancel);
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().kind == ErrorKind::Unavailable);
  CHECK(holds(refused(load_config("/dev/zero", Whose::User)), "larger than"));
}
