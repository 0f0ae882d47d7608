#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/paths.h"

namespace fs = std::filesystem;

TEST_CASE("the top level holds what was asked for and nothing else") {
  const std::set<std::string> allowed = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "core", "docs",
                                         "host",           "plugins",           "sdk",     "tests",     "build"};
  for (const auto& entry : fs::directory_iterator(switchboard::tests::source_dir())) {
    const std::string name = entry.path().filename().string();
    const bool fine = name.front() == '.' || allowed.count(name) == 1;
    CHECK_MESSAGE(fine, name);
  }
}

TEST_CASE("every connector directory has the same files") {
  int connectors = 0;
  for (const auto& entry : fs::directory_iterator(switchboard::tests::source_dir() / "plugins")) {
    if (!entry.is_directory()) continue;
    ++connectors;
    for (const char* file : {"CMakeLists.txt", "README.md", "connector.json", "connector.h", "connector.cpp", "request.cpp",
                             "response.cpp", "sandbox.cpp", "test/cases.cpp"})
      CHECK_MESSAGE(fs::exists(entry.path() / file), entry.path().filename().string(), "/", file);
  }
  CHECK(connectors >= 5);
}

TEST_CASE("the pages of core and host name each of their folders") {
  for (const char* part : {"core", "host"}) {
    const fs::path folder = switchboard::tests::source_dir() / part;
    std::ifstream page(folder / "README.md");
    const std::string text{std::istreambuf_iterator<char>(page), {}};
    REQUIRE_FALSE(text.empty());
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string row = "| `" + entry.path().filename().string() + "/` |";
      if (entry.is_directory()) CHECK_MESSAGE(text.find(row) != std::string::npos, part, "/README.md: ", row);
    }
  }
}
