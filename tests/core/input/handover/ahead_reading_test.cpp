#include "core/input/handover/ahead_reading.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/input/delimited/csv_source.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

std::unique_ptr<Source> source_of(const std::string& text) {
  auto opened = open_csv(*begin_opening([&text]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(text); }, "t.csv", "t.csv", {}), 4096);
  REQUIRE(opened);
  return std::move(*opened);
}

std::string numbered_rows(std::size_t count) {
  std::string text = "id,name\n";
  for (std::size_t i = 1; i <= count; ++i) text += std::to_string(i) + "," + std::string(i % 40, 'x') + (i % 1000 == 0 ? ",more\n" : "\n");
  return text;
}

/// All that a reader says of a source: records, then how it ended.
std::vector<std::string> told_by(RecordReader& reader) {
  std::vector<std::string> told;
  Record record;
  for (;;) {
    const auto more = reader.next(record);
    if (!more) {
      told.push_back("error: " + more.error().message);
      break;
    }
    if (!*more) break;
    std::string text = std::to_string(record.row) + " " + std::to_string(record.line) + " " + std::to_string(record.byte_begin) + "-" +
                       std::to_string(record.byte_end) + (record.issue != nullptr ? " " + record.issue->code : "");
    for (const auto cell : record.cells) text += is_absent(cell) ? "|(none)" : "|" + std::string(cell);
    told.push_back(std::move(text));
  }
  told.push_back(std::to_string(reader.lines().records) + " records, " + std::to_string(reader.lines().total) + " lines, " +
                 std::to_string(reader.bytes_read()) + " bytes");
  told.insert(told.end(), reader.warnings().begin(), reader.warnings().end());
  return told;
}

/// Read ahead it tells the same as without.
void check_ahead(const std::string& text) {
  const auto source = source_of(text);
  const auto own = source->read();
  const auto ahead = AheadReading(*source).read();
  REQUIRE(own);
  REQUIRE(ahead);
  CHECK(told_by(**ahead) == told_by(**own));
}

}  // namespace

TEST_CASE("records read ahead are those of the source, and so is how they end") {
  const std::string damaged = numbered_rows(700) + "701,\"never closed\n";
  for (const std::string& text : {numbered_rows(0), numbered_rows(1), numbered_rows(256), numbered_rows(10'000), damaged}) {
    check_ahead(text);
  }
}

TEST_CASE("records of all sizes come as they are, empty, quoted, short and long cells too") {
  std::string text = "id,name,note\n";
  for (const std::size_t size : {0, 1, 5'000, 32'767, 32'768, 32'769, 70'000, 0, 300'000, 2}) {
    const std::string cell(size, 'y');
    text += cell + ",,\n\"" + cell + "\",\"a \"\"b\"\"\",c\n" + "1," + cell + "\n,\"\"," + cell + "\n";
  }
  check_ahead(text);
}

TEST_CASE("what ended stays ended") {
  for (const bool is_damaged : {false, true}) {
    const std::string text = numbered_rows(300) + (is_damaged ? "301,\"never closed\n" : "");
    const auto source = source_of(text);
    const auto reader = AheadReading(*source).read();
    REQUIRE(reader);
    told_by(**reader);
    Record record;
    for (int i = 0; i < 2; ++i) {
      const auto more = (*reader)->next(record);
      CHECK(static_cast<bool>(more) == !is_damaged);
      if (more) CHECK_FALSE(*more);
    }
  }
}

TEST_CASE("a reader that nobody wants any more stops, wherever it stands") {
  const std::string text = numbered_rows(20'000);
  const auto source = source_of(text);
  for (const std::size_t records : {std::size_t{0}, std::size_t{1}, std::size_t{300}, std::size_t{5'000}}) {
    const auto reader = AheadReading(*source).read();
    REQUIRE(reader);
    Record record;
    for (std::size_t i = 0; i < records; ++i) REQUIRE(*(*reader)->next(record));
  }
}
