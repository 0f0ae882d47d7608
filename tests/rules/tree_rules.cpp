#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

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

/// The files that the first column of the table in plugins/README.md names, but for those that are there where something holds.
std::vector<std::string> files_of_a_connector() {
  std::ifstream page(switchboard::tests::source_dir() / "plugins/README.md");
  std::vector<std::string> files;
  for (std::string line; std::getline(page, line);) {
    const auto second = line.find("| ", 1);
    if (!line.starts_with("| `") || second == std::string::npos || line.substr(second).starts_with("| where ")) continue;
    const std::string cell = line.substr(0, second);
    for (std::size_t begin = cell.find('`'); begin != std::string::npos; begin = cell.find('`', begin)) {
      const std::size_t end = cell.find('`', begin + 1);
      files.push_back(cell.substr(begin + 1, end - begin - 1));
      begin = end + 1;
    }
  }
  return files;
}

TEST_CASE("every connector directory has the files that the plugins' page names") {
  const auto files = files_of_a_connector();
  REQUIRE(files.size() >= 9);
  int connectors = 0;
  for (const auto& entry : fs::directory_iterator(switchboard::tests::source_dir() / "plugins")) {
    if (!entry.is_directory()) continue;
    ++connectors;
    for (const auto& file : files)
      CHECK_MESSAGE(fs::exists(entry.path() / file), entry.path().filename().string(), "/", file);
  }
  CHECK(connectors >= 5);
}

TEST_CASE("every vendor has cases from end to end, and is named in the README") {
  const fs::path source = switchboard::tests::source_dir();
  const auto text_of = [](const fs::path& file) {
    std::ifstream in(file);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  std::string cases;
  for (const auto& entry : fs::directory_iterator(source / "tests/e2e"))
    if (entry.path().filename().string().starts_with("test_vendor_")) cases += text_of(entry.path());
  const std::string readme = text_of(source / "README.md");
  for (const auto& entry : fs::directory_iterator(source / "plugins")) {
    if (!entry.is_directory()) continue;
    const std::string id = entry.path().filename().string(), manifest = text_of(entry.path() / "connector.json"), name = "\"name\": \"";
    CHECK_MESSAGE(cases.find('"' + id + '"') != std::string::npos, id);
    const auto begin = manifest.find(name) + name.size();
    const std::string vendor = manifest.substr(begin, manifest.find('"', begin) - begin);
    CHECK_MESSAGE(readme.find(vendor) != std::string::npos, vendor);
  }
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
