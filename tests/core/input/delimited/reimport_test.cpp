// A rejects file is only good if what wrote the source can read it again: the real reader judges.
#include <doctest/doctest.h>

#include <fstream>

#include "core/input/source.h"
#include "tests/temporary_directory.h"

using namespace switchboard;
using namespace switchboard::input;
using switchboard::testing::TemporaryDirectory;

namespace {

using Table = std::vector<std::vector<std::string>>;

struct Reading {
  SourceInfo info;
  Table rows;
};

std::unique_ptr<input::Source> open_source(const std::string& path) {
  auto source = input::Source::open(path, {});
  INFO((source ? std::string() : source.error().message));
  REQUIRE(source);
  return std::move(*source);
}

template <class Visit>
void for_each_record(const input::Source& source, Visit visit) {
  auto reader = source.read();
  REQUIRE(reader);
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    INFO((more ? std::string() : more.error().message));
    REQUIRE(more);
    if (!*more) return;
    visit(record);
  }
}

Reading read_all(const std::string& path) {
  auto source = open_source(path);
  Reading reading{source->info(), {}};
  for_each_record(*source, [&](const Record& record) {
    reading.rows.emplace_back(record.cells.begin(), record.cells.end());
  });
  return reading;
}

/// Rejects every record of a file.
void reject_all(const std::string& from, const std::string& to, const std::string& message) {
  auto source = open_source(from);
  auto writer = source->write_rejects(to);
  REQUIRE(writer);
  for_each_record(*source, [&](const Record& record) {
    REQUIRE((*writer)->add({record.row, "phone.too_short", "phone", message}));
  });
  REQUIRE((*writer)->finish());
}

std::string in_utf16(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (char c : ascii) out += {c, '\0'};
  return out;
}

}  // namespace

TEST_CASE("a rejects file reads like its source, with four columns more, also the second time") {
  const std::string quoted =
      "Name,Phone,Notes\r\n\"Doe, \"\"J\"\"\",4471,\"two\r\nlines\"\r\nAnna,4472,\r\n Bo ,4473,\"\"\r\n";
  const std::string sources[] = {
      quoted,
      "\xEF\xBB\xBF" + quoted,
      in_utf16("Name\tPhone\tNotes\r\nJane\t4471\tx\r\nAnna\t4472\t\"a\tb\"\r\n"),
      "sep=;\nName;Phone;Notes\nJane;4471;a,b\nAnna;4472;\"c;d\"\n",
      "Name;Phone;Notes\nJ\xFCrgen M\xFCller;4471;Stra\xDF"
      "e\nZo\xEB;4472;caf\xE9 cr\xE8me\n",
      "Name|Phone|Notes\nJane|4471|x\nAnna|4472|y\n",
      "List of contacts\n\nName,Phone,Notes\nJane,4471,x\nAnna,4472,y\n",
      "Name,Phone,Notes\rJane,4471,x\rAnna,4472,y\r",
  };
  for (const auto& bytes : sources) {
    const TemporaryDirectory root;
    std::ofstream(root / "in.csv", std::ios::binary) << bytes;
    reject_all(root / "in.csv", root / "out.csv", "Too short; \"write\" all,\nof it");
    reject_all(root / "out.csv", root / "again.csv", "=Still too short");

    const Reading source = read_all(root / "in.csv");
    REQUIRE(source.rows.size() >= 2);
    for (const char* name : {"out.csv", "again.csv"}) {
      const bool is_first = name == std::string("out.csv");
      const Reading rejects = read_all(root / name);
      INFO(bytes);
      CHECK(rejects.info.encoding == source.info.encoding);
      CHECK(rejects.info.has_bom == source.info.has_bom);
      CHECK(rejects.info.dialect->delimiter == source.info.dialect->delimiter);
      CHECK(rejects.info.dialect->line_end == source.info.dialect->line_end);
      auto columns = source.info.columns;
      columns.insert(columns.end(), {"_row", "_code", "_field", "_message"});
      CHECK(rejects.info.columns == columns);
      REQUIRE(rejects.rows.size() == source.rows.size());
      for (std::size_t i = 0; i < source.rows.size(); ++i) {
        auto row = source.rows[i];
        row.insert(row.end(), {std::to_string(i + 1), "phone.too_short", "phone",
                               is_first ? "Too short; \"write\" all, of it" : "'=Still too short"});
        CHECK(rejects.rows[i] == row);
      }
    }
  }
}

TEST_CASE("a record with a cell too many fits once it is corrected in the rejects file") {
  const TemporaryDirectory root;
  std::ofstream(root / "in.csv") << "Name,Phone,Notes\nDoe, Jane,4471,x\nAnna,4472,y\nBo,4473,z\n";
  reject_all(root / "in.csv", root / "out.csv", "m");
  const Reading rejects = read_all(root / "out.csv");
  REQUIRE(rejects.rows.size() == 3);
  CHECK(rejects.rows[0].size() == 8);
  CHECK(rejects.rows[1].size() == rejects.info.columns.size());
  std::ifstream in(root / "out.csv");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  text.replace(text.find("Doe, Jane"), 9, "\"Doe, Jane\"");
  std::ofstream(root / "corrected.csv") << text;
  const Reading corrected = read_all(root / "corrected.csv");
  CHECK(corrected.rows[0] ==
        std::vector<std::string>{"Doe, Jane", "4471", "x", "1", "phone.too_short", "phone", "m"});
}
