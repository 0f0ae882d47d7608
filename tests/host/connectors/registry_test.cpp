#include "host/connectors/registry.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace switchboard;
using namespace switchboard::connectors;
namespace fs = std::filesystem;

namespace {

const Loading kHere = [] {
  Loading loading;
  loading.isolate = Isolate::Never;
  return loading;
}();

/// Directories "first" and "second" of connectors, gone at the end.
struct Tree {
  fs::path root = fs::temp_directory_path() / ("switchboard-registry-" + std::to_string(::getpid()));
  Tree() {
    fs::create_directories(root / "first");
    fs::create_directories(root / "second");
    fs::copy_file(fs::path(ROGUES) / "tiny.so", root / "first" / "tiny.so");
    fs::copy_file(fs::path(ROGUES) / "no_sandbox.so", root / "second" / "tiny.so");
    fs::copy_file(fs::path(ROGUES) / "note_too_new.so", root / "second" / "libfuture.so");
    std::ofstream(root / "second" / "cut.so") << "\x7f"
                                                 "ELF";
    std::ofstream(root / "second" / "README.md") << "not a library";
  }
  ~Tree() { fs::remove_all(root); }
  std::vector<std::string> path() const { return {(root / "first").string(), (root / "second").string()}; }
};

}  // namespace

TEST_CASE("connectors are listed by id, the first of an id wins, and broken ones are shown with the reason") {
  Tree tree;
  auto all = list(tree.path());
  REQUIRE(all.size() == 3);
  CHECK(all[0].id == "cut");
  CHECK(all[0].problem.find("is cut off") != std::string::npos);
  CHECK(all[1].id == "future");
  CHECK(all[1].problem.find("newer host") != std::string::npos);
  CHECK(all[2].id == "tiny");
  CHECK(all[2].problem.empty());
  CHECK(all[2].path == (tree.root / "first" / "tiny.so").string());
}

TEST_CASE("a connector is found by its id") {
  Tree tree;
  auto found = find(tree.path(), "tiny", kHere);
  REQUIRE(found);
  CHECK((*found)->manifest().version == "1.2.3");
}

TEST_CASE("an unknown id names the nearest and all known ones") {
  Tree tree;
  auto found = find(tree.path(), "tinny", kHere);
  REQUIRE_FALSE(found);
  CHECK(found.error().kind == ErrorKind::Usage);
  CHECK(found.error().message.find("tiny") != std::string::npos);
  CHECK(found.error().remedy.find("Known are: tiny") != std::string::npos);
}

TEST_CASE("asking for a connector whose file is broken gives the file's trouble") {
  Tree tree;
  auto found = find(tree.path(), "cut", kHere);
  REQUIRE_FALSE(found);
  CHECK(found.error().message.find("cut off") != std::string::npos);
}

TEST_CASE("an empty path says where was looked") {
  auto found = find({"/nowhere/a", "/nowhere/b"}, "tiny", kHere);
  REQUIRE_FALSE(found);
  CHECK(found.error().message.find("/nowhere/a, /nowhere/b") != std::string::npos);
}

TEST_CASE("the search path is flags, then the environment, then what was shipped") {
  ::setenv("SWITCHBOARD_CONNECTOR_PATH", "/env/one::/env/two", 1);
  auto path = search_path({"/flag"});
  ::unsetenv("SWITCHBOARD_CONNECTOR_PATH");
  REQUIRE(path.size() >= 3);
  CHECK(path[0] == "/flag");
  CHECK(path[1] == "/env/one");
  CHECK(path[2] == "/env/two");
}
