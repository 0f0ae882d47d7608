#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/contact/meaning.h"
#include "core/mapping/rows/mapper.h"
#include "tests/paths.h"

using namespace switchboard;

namespace {

std::set<std::string> listed_codes() {
  std::set<std::string> codes;
  for (const auto& help : mapping::issue_codes()) codes.insert(help.code);
  return codes;
}

/// Every literal in the sources that looks like a code.
std::set<std::string> codes_in_sources() {
  std::set<std::string> codes;
  const std::regex literal("\"((phone|email|field|rule|date|row|text|contact|person)\\.[a-z_]+)\"");
  for (const char* folder : {"core/contact", "core/mapping"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(switchboard::tests::source_dir() / folder)) {
      if (entry.path().extension() != ".cpp" || entry.path().filename() == "issue_codes.cpp") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        for (std::sregex_iterator match(line.begin(), line.end(), literal), end; match != end; ++match) {
          const std::string code = (*match)[1];
          if (!contact::is_meaning(code)) codes.insert(code);
        }
      }
    }
  }
  return codes;
}

}  // namespace

TEST_CASE("every code that the sources give is explained") {
  const auto listed = listed_codes();
  const auto used = codes_in_sources();
  REQUIRE(used.size() > 20);
  for (const std::string& code : used) CHECK_MESSAGE(listed.contains(code), code);
}

TEST_CASE("every code that is explained is given, those of the engine apart") {
  const auto used = codes_in_sources();
  for (const std::string& code : listed_codes()) {
    if (code.starts_with("row.")) continue;
    CHECK_MESSAGE(used.contains(code), code);
  }
}

TEST_CASE("explanations are sentences, and no code is explained twice") {
  CHECK(listed_codes().size() == mapping::issue_codes().size());
  for (const auto& help : mapping::issue_codes()) {
    for (const std::string text : {help.meaning, help.what_to_do}) {
      CHECK_MESSAGE(text.size() > 5, help.code);
      CHECK_MESSAGE(text.back() == '.', help.code);
    }
  }
}
