#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/mapping/columns/consent.h"
#include "core/mapping/columns/understand.h"
#include "tests/paths.h"

using namespace switchboard::mapping;

namespace {

struct HeaderSet {
  std::string name;
  std::vector<std::string> headers, meanings;
};

/// Wrong meanings of a set, one a line.
std::string wrong_in(const HeaderSet& set) {
  const Understanding understanding = understand(set.headers, {});
  std::string wrong;
  for (std::size_t i = 0; i < set.headers.size(); ++i) {
    const ColumnMeaning& column = understanding.columns[i];
    if (column.meaning != set.meanings[i]) {
      wrong += set.headers[i] + " is taken for " + column.meaning + " (" + column.reason + "), not " +
               set.meanings[i] + "\n";
    }
  }
  return wrong;
}

std::vector<HeaderSet> own_sets() {
  std::ifstream file(switchboard::tests::source_dir() / "tests/core/mapping/columns/header_sets.txt");
  std::vector<HeaderSet> sets;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("FILE ")) {
      sets.push_back({line.substr(5), {}, {}});
    } else if (const auto tab = line.find('\t'); tab != std::string::npos && !sets.empty()) {
      sets.back().meanings.push_back(line.substr(0, tab));
      sets.back().headers.push_back(line.substr(tab + 1));
    }
  }
  return sets;
}

std::vector<HeaderSet> shared_sets() {
  const std::filesystem::path path =
      switchboard::tests::source_dir() / "../shared/data/headers.json";
  std::ifstream file(path);
  if (!file) return {};
  std::stringstream text;
  text << file.rdbuf();
  Poco::JSON::Parser parser(new Poco::JSON::ParseHandler(true));
  const auto root = parser.parse(text.str()).extract<Poco::JSON::Object::Ptr>();
  std::vector<HeaderSet> sets;
  for (const std::string& name : root->getNames()) {
    const auto object = root->getObject(name);
    HeaderSet set{name, object->getNames(), {}};
    for (const std::string& header : set.headers)
      set.meanings.push_back(object->getValue<std::string>(header));
    sets.push_back(std::move(set));
  }
  return sets;
}

}  // namespace

TEST_CASE("headers of many exporters and languages mean what they should") {
  const auto sets = own_sets();
  REQUIRE(sets.size() > 40);
  for (const HeaderSet& set : sets) {
    INFO("set " << set.name);
    CHECK(wrong_in(set) == "");
  }
}

TEST_CASE("the shared collection of real headers comes out right, every column of it") {
  for (const HeaderSet& set : shared_sets()) {
    INFO("set " << set.name);
    CHECK(wrong_in(set) == "");
  }
}

TEST_CASE("order and case of headers change nothing") {
  for (HeaderSet set : own_sets()) {
    std::vector<std::string> before;
    for (const auto& column : understand(set.headers, {}).columns) before.push_back(column.meaning);
    std::reverse(set.headers.begin(), set.headers.end());
    const auto reversed = understand(set.headers, {}).columns;
    for (std::size_t i = 0; i < before.size(); ++i) {
      INFO(set.name << ": " << set.headers[i]);
      CHECK(reversed[i].meaning == before[before.size() - 1 - i]);
    }
  }
}

TEST_CASE("no column of an exporter that holds data asks or refuses") {
  auto sets = own_sets();
  for (HeaderSet& set : shared_sets()) sets.push_back(std::move(set));
  for (const HeaderSet& set : sets) {
    const Understanding understanding = understand(set.headers, {});
    for (const ConsentColumn& column : consent_columns(understanding)) {
      if (column.kind == ConsentColumn::Kind::Words || is_incidental(column) || set.meanings[column.index].starts_with("consent.") ||
          set.meanings[column.index] == "other")
        continue;
      CAPTURE(set.name);
      CHECK(column.name == set.meanings[column.index]);
    }
  }
}
