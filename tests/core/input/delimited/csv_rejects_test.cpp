#include "core/input/delimited/csv_rejects.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "tests/core/input/read_file.h"
#include "tests/temporary_directory.h"

using namespace switchboard;
using namespace switchboard::input;
using switchboard::input::testing::content_of;
using switchboard::testing::TemporaryDirectory;

namespace {

/// More than a block of the scanner, with rows of every kind.
std::string long_list() {
  std::string text = "Name,Phone,Notes\r\n";
  for (int i = 1; i <= 20'000; ++i) {
    text += "N" + std::to_string(i) + ",+4420794601" + std::to_string(i % 90 + 10);
    text += i % 7 == 0 ? ",\"a \"\"b\"\"\r\nc\"" : i % 11 == 0 ? "" : ",plain";
    text += "\r\n";
  }
  return text;
}

/// The rejects file of every `step`-th row, by places where `known`.
std::string rejects_of(const Source& source, const std::string& path, std::uint64_t step, bool (*known)(std::uint64_t row)) {
  auto reader = source.read();
  REQUIRE(reader);
  auto writer = source.write_rejects(path);
  REQUIRE(writer);
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    REQUIRE(more);
    if (!*more) break;
    if (record.row % step != 0) continue;
    RejectNote note{record.row, "phone.too_short", "phone", "Too short"};
    if (known(record.row)) note.byte_begin = record.byte_begin;
    REQUIRE((*writer)->add(note));
  }
  REQUIRE((*writer)->finish());
  return content_of(path);
}

}  // namespace

TEST_CASE("rejected rows are the same, whether it is known where they begin or the source is read for them") {
  const TemporaryDirectory root;
  std::ofstream(root / "list.csv", std::ios::binary) << long_list();
  const auto source = Source::open(root / "list.csv", {});
  REQUIRE(source);
  for (const std::uint64_t step : {1, 7, 9'999}) {
    const auto read = rejects_of(**source, root / "read.csv", step, [](std::uint64_t) { return false; });
    CHECK(rejects_of(**source, root / "known.csv", step, [](std::uint64_t) { return true; }) == read);
    CHECK(rejects_of(**source, root / "both.csv", step, [](std::uint64_t row) { return row % 2 == 0; }) == read);
  }
}
