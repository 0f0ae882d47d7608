// Any bytes, read as JSON, must give an error or records that lie in order in the file, and the law of lines; what a rejects file
// makes of a record must be JSON that can be read.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/input/format.h"
#include "core/input/json/json_source.h"
#include "core/input/json/json_tree.h"
#include "tests/fuzz/require.h"

using namespace switchboard;
using namespace switchboard::input;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto open_bytes = [bytes]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); };
  auto source = open_json(*begin_opening(open_bytes, "fuzz", "", {}));
  if (!source) {
    require(source.error().kind == ErrorKind::Input, "damage is an input error");
    return 0;
  }
  auto reader = static_cast<const JsonSource&>(**source).read_json();
  require(static_cast<bool>(reader), "an opened source can be read");
  Record record;
  JsonTree tree;
  std::uint64_t records = 0, end = 0;
  for (;;) {
    auto more = (*reader)->next(record);
    require(static_cast<bool>(more), "what could be opened can be read to its end");
    if (!*more) break;
    require(record.row == ++records, "rows count up from 1");
    require(record.byte_begin >= end && record.byte_end >= record.byte_begin, "records are in order");
    require(record.cells.size() >= (*source)->info().columns.size(), "a cell a column, or more");
    end = record.byte_end;
    require(tree.read((*reader)->noted({record.row, "code", "field", "message"})) == JsonTree::Problem::None, "a rejected record is JSON");
  }
  const LineCounts& lines = (*reader)->lines();
  require(lines.total == lines.preamble + lines.header + lines.blank + lines.continued + lines.other + lines.records, "the law of lines");
  require(lines.records == records, "every record is counted");
  return 0;
}
