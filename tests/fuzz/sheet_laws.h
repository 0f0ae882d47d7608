#pragma once

#include <optional>
#include <string>

#include "core/input/workbook/workbook.h"
#include "tests/fuzz/require.h"

/// Reads every sheet of a workbook: errors are of the input, rows and cells come in order and inside of the limits. What they hold;
/// nothing: one of them is damaged.
inline std::optional<std::string> read_all_sheets(switchboard::input::Workbook& book) {
  using namespace switchboard;
  using namespace switchboard::input;
  std::string all;
  bool good = true;
  for (std::size_t tab = 0; tab < book.tabs().size(); ++tab) {
    auto reader = book.read(tab);
    if (!reader) {
      require(reader.error().kind == ErrorKind::Input, "damage is an input error");
      good = false;
      continue;
    }
    SheetRow row;
    std::uint32_t last = 0;
    for (int rows = 0; rows < 100'000; ++rows) {
      auto more = (*reader)->next(row);
      if (!more) require(more.error().kind == ErrorKind::Input, "damage is an input error");
      good = good && more;
      if (!more || !*more) break;
      all += '\1' + std::to_string(row.number) + (row.hidden ? "h" : "");
      require(row.number > last && row.number <= kMostRows, "rows go up and stay in the sheet");
      require(!row.cells.empty(), "a row has a cell");
      last = row.number;
      std::uint32_t next = 0;
      for (const SheetCell& cell : row.cells) {
        require(cell.column >= next && cell.column < kMostColumns, "columns go up and stay in the sheet");
        require(!cell.text.empty(), "a cell holds something");
        next = cell.column + 1;
        all += '\2' + std::to_string(cell.column) + "tndbe"[static_cast<int>(cell.type)];
        if (cell.hidden) all += 'h';
        if (cell.restored) all += 'r';
        all += cell.text;
      }
    }
  }
  if (!good) return std::nullopt;
  return all;
}
