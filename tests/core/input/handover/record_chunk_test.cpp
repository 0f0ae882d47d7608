#include "core/input/handover/record_chunk.h"

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

std::string told(const Record& record) {
  std::string text = std::to_string(record.row) + " " + std::to_string(record.line) + " " + std::to_string(record.byte_begin) + "-" +
                     std::to_string(record.byte_end) + (record.issue != nullptr ? " " + record.issue->code : "");
  for (const auto cell : record.cells) text += is_absent(cell) ? "|(none)" : "|" + std::string(cell);
  return text;
}

std::string told(const LineCounts& lines, std::uint64_t bytes) {
  return std::to_string(lines.records) + " records, " + std::to_string(lines.total) + " lines, " + std::to_string(bytes) + " bytes";
}

/// All that a reader says of a source: records, then how it ended.
std::vector<std::string> told_by(RecordReader& reader) {
  std::vector<std::string> all;
  Record record;
  Result<bool> more = true;
  while ((more = reader.next(record)) && *more) all.push_back(told(record));
  if (!more) all.push_back("error: " + more.error().message);
  all.push_back(told(reader.lines(), reader.bytes_read()));
  all.insert(all.end(), reader.warnings().begin(), reader.warnings().end());
  return all;
}

/// The same, by chunks whose memory is used again.
std::vector<std::string> told_by_chunks(RecordReader& reader) {
  std::vector<std::string> all;
  RecordChunk chunk;
  Record record;
  do {
    chunk.fill(reader);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      chunk.show(i, record);
      CHECK(chunk.line_of(i) == record.line);
      all.push_back(told(record));
    }
  } while (!chunk.is_last());
  if (chunk.failure()) all.push_back("error: " + chunk.failure()->message);
  all.push_back(told(chunk.lines(), chunk.bytes_read()));
  all.insert(all.end(), chunk.warnings().begin(), chunk.warnings().end());
  return all;
}

void check_chunks(const std::string& text) {
  const auto source = source_of(text);
  const auto own = source->read();
  const auto chunked = source->read();
  REQUIRE(own);
  REQUIRE(chunked);
  CHECK(told_by_chunks(**chunked) == told_by(**own));
}

}  // namespace

TEST_CASE("a chunk's records are those of the source, and so is how they end") {
  const std::string damaged = numbered_rows(700) + "701,\"never closed\n";
  for (const std::string& text : {numbered_rows(0), numbered_rows(1), numbered_rows(256), numbered_rows(10'000), damaged}) {
    check_chunks(text);
  }
}

TEST_CASE("records of all sizes come as they are, empty, quoted, short and long cells too") {
  std::string text = "id,name,note\n";
  for (const std::size_t size : {0, 1, 5'000, 32'767, 32'768, 32'769, 70'000, 0, 300'000, 2}) {
    const std::string cell(size, 'y');
    text += cell + ",,\n\"" + cell + "\",\"a \"\"b\"\"\",c\n" + "1," + cell + "\n,\"\"," + cell + "\n";
  }
  check_chunks(text);
}
