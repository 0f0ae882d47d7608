#pragma once

#include <cstdint>
#include <string_view>

#include "core/input/format.h"
#include "tests/fuzz/require.h"

namespace switchboard::input {

/// Any bytes, read as a workbook of that format, must give an error or a sheet that can be read to its end, whose lines add up.
inline void read_workbook(const Format& format, const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto open_bytes = [bytes]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); };
  auto source = format.open(*begin_opening(open_bytes, "fuzz", "", {}));
  if (!source) {
    require(source.error().kind == ErrorKind::Input, "damage is an input error");
    return;
  }
  auto reader = (*source)->read();
  require(static_cast<bool>(reader), "an opened source can be read");
  Record record;
  std::uint64_t records = 0, line = 0;
  for (;;) {
    auto more = (*reader)->next(record);
    require(static_cast<bool>(more), "what could be opened can be read to its end");
    if (!*more) break;
    require(record.row == ++records, "rows count up from 1");
    require(record.line > line, "rows are in order");
    require(record.cells.size() == (*source)->info().columns.size(), "a cell a column");
    line = record.line;
  }
  const LineCounts& lines = (*reader)->lines();
  require(lines.total == lines.preamble + lines.header + lines.blank + lines.continued + lines.other + lines.records, "the law of lines");
}

}  // namespace switchboard::input
