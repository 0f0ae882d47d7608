#include <doctest/doctest.h>
#include <simdjson.h>

#include <filesystem>
#include <string>

#include "core/input/source.h"
#include "tests/paths.h"

using namespace switchboard;
using namespace switchboard::input;
namespace fs = std::filesystem;

namespace {

/// Compares a CSV file with a JSON array that has an object of strings for each record.
void check_against_json(const fs::path& csv, const fs::path& json) {
  CAPTURE(csv.string());
  simdjson::dom::parser parser;
  simdjson::dom::array expected;
  REQUIRE(parser.load(json.string()).get_array().get(expected) == simdjson::SUCCESS);
  auto source = Source::open(csv.string(), {});
  REQUIRE(source);
  const auto& columns = (*source)->info().columns;
  auto reader = (*source)->read();
  REQUIRE(reader);
  Record record;
  std::size_t count = 0;
  for (const simdjson::dom::element element : expected) {
    REQUIRE(*(*reader)->next(record));
    ++count;
    std::size_t column = 0;
    for (const auto& field : element.get_object()) {
      REQUIRE(column < record.cells.size());
      CHECK(columns.at(column) == std::string(field.key));
      CHECK(record.cells[column] == field.value.get_string().value());
      ++column;
    }
    CHECK(column == record.cells.size());
  }
  CHECK(count > 0);
  CHECK_FALSE(*(*reader)->next(record));
}

void check_folder(const fs::path& csvs, const fs::path& jsons, const std::string& except = "") {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(csvs)) {
    if (entry.path().extension() != ".csv" || entry.path().stem() == except) continue;
    check_against_json(entry.path(), jsons / entry.path().filename().replace_extension(".json"));
    ++files;
  }
  CHECK(files > 0);
}

}  // namespace

TEST_CASE("our own CSV files read as their JSON says") {
  const fs::path folder = switchboard::tests::data_dir() / "input" / "csv";
  check_folder(folder, folder);
}

TEST_CASE("the files of csv-spectrum read as their JSON says") {
  const fs::path corpus = switchboard::tests::source_dir() / "../shared/data/corpora/csv-spectrum";
  if (!fs::exists(corpus)) {
    MESSAGE("csv-spectrum is not here; skipped");
    return;
  }
  // This one's JSON is an object with another phone number than the CSV has.
  check_folder(corpus / "csvs", corpus / "json", "location_coordinates");
}
