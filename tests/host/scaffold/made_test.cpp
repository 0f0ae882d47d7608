// The connectors in tests/data/openapi/made are what is made of the documents beside them; tests/sdk builds and judges them.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "host/scaffold/scaffold.h"
#include "tests/paths.h"

namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void compare(const std::string& document, const std::string& name) {
  const fs::path folder = switchboard::tests::source_dir() / "tests/data/openapi";
  const auto made = switchboard::scaffold::from_openapi(content(folder / document), document, "", name);
  REQUIRE(made);
  for (const auto& [file, text] : made->files) {
    const fs::path golden = folder / "made" / name / file;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      fs::create_directories(golden.parent_path());
      std::ofstream(golden, std::ios::binary) << text;
    }
    const bool same = content(golden) == text;
    CHECK_MESSAGE(same, golden.string(), " is not what is made of ", document, " (UPDATE_GOLDEN=1 writes it anew)");
  }
}

}  // namespace

TEST_CASE("a list of people answered one by one is made as it was") { compare("bulk_people.json", "postern"); }
TEST_CASE("one contact a request, with a key, is made as it was") { compare("single_contact.yaml", "kontor"); }
TEST_CASE("a list beside settings that a job imports is made as it was") { compare("list_job.json", "rundruf"); }
TEST_CASE("a form of one contact is made as it was") { compare("form_contact.json", "formwerk"); }
TEST_CASE("a list with a cursor, in which lost rows are looked for, is made as it was") { compare("cursor_list.json", "kartei"); }
TEST_CASE("the same with numbered pages and a total is made as it was") { compare("numbered_pages.json", "rufnetz"); }
