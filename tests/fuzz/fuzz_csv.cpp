// Any bytes, read as delimited text, must give an error or records that obey the law of lines, and the same
// records for any size of blocks. The first byte chooses the options.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/input/delimited/csv_source.h"
#include "core/input/file_kind.h"
#include "tests/fuzz/require.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

InputOptions options_from(std::uint8_t byte) {
  InputOptions options;
  options.no_header = (byte & 1) != 0;
  if ((byte & 2) != 0) options.delimiter = ";";
  constexpr const char* kEncodings[] = {nullptr,    "UTF-8",    "windows-1252", "Shift_JIS",
                                        "UTF-16LE", "UTF-16BE", nullptr,        nullptr};
  if (const char* encoding = kEncodings[(byte >> 2) & 7]) options.encoding = encoding;
  return options;
}

struct Summary {
  std::uint64_t records = 0;
  std::size_t cells = 0;
  std::size_t text_bytes = 0;
  LineCounts lines;
  bool failed = false;
};

Summary read_all(std::string_view bytes, const InputOptions& options, std::size_t block_bytes) {
  Summary summary;
  const auto open_bytes = [bytes]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); };
  auto source = open_csv(*begin_opening(open_bytes, "fuzz", "", options), block_bytes);
  summary.failed = !source;
  if (!source) return summary;
  (void)(*source)->encoder()("x\xC3\xA9");
  auto reader = (*source)->read_raw();
  require(static_cast<bool>(reader), "an opened source can be read");
  std::uint64_t end = (*source)->header_bytes().empty() ? 0 : 1;
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    if (!more) {
      require(more.error().kind == ErrorKind::Input, "damage is an input error");
      summary.failed = true;
      return summary;
    }
    if (!*more) break;
    ++summary.records;
    require(record.row == summary.records, "rows count up from 1");
    const std::string_view raw = (*reader)->raw();
    require(record.byte_begin >= end && record.byte_end >= record.byte_begin + raw.size(),
            "records are in order");
    require(bytes.substr(record.byte_begin, raw.size()) == raw,
            "raw bytes lie at their offset");
    end = record.byte_end;
    summary.cells += record.cells.size();
    for (const std::string_view cell : record.cells) {
      require(!is_absent(cell), "cells that are there have an address");
      summary.text_bytes += cell.size();
    }
  }
  require(end <= bytes.size(), "no record lies behind the end");
  const LineCounts& lines = summary.lines = (*reader)->lines();
  require(lines.total ==
              lines.preamble + lines.header + lines.blank + lines.continued + lines.other + lines.records,
          "the law of lines");
  require(lines.records == summary.records, "every record is counted");
  auto passing = (*source)->read();
  require(static_cast<bool>(passing), "an opened source can be read again");
  RecordTally tally;
  for (Result<bool> more = true; *more;) {
    more = (*passing)->pass(tally);
    require(static_cast<bool>(more), "what can be read can be passed over");
  }
  require(tally.records == summary.records && (*passing)->lines().total == lines.total && (*passing)->lines().continued == lines.continued,
          "passing over records counts them as reading does");
  return summary;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  (void)looks_of(bytes);
  const InputOptions options = options_from(data[0]);
  const Summary whole = read_all(bytes, options, std::size_t{1} << 16);
  const Summary pieces = read_all(bytes, options, data[0] % 13 + 1);
  require(whole.failed == pieces.failed, "block size does not decide about errors");
  if (whole.failed) return 0;
  require(whole.records == pieces.records && whole.cells == pieces.cells &&
              whole.text_bytes == pieces.text_bytes && whole.lines.total == pieces.lines.total,
          "block size does not change what is read");
  return 0;
}
