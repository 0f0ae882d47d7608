#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/input/xls/biff_records.h"

namespace switchboard::input {

/// The most rows and columns that a sheet of BIFF has ([MS-XLS] 2.2.1; the row is a number of 16 bits).
inline constexpr std::uint32_t kMostBiffRows = 65'536, kMostBiffColumns = 256;

/// What one pass over a sheet's records tells, without looking into its cells.
struct SheetIndex {
  /// A record with cells, by row where they are not in order in the stream.
  struct Place {
    std::uint32_t row = 0;
    std::uint64_t begin = 0;
  };
  bool in_order = true;       ///< the rows of the cells never go back
  std::vector<Place> places;  ///< in order; only where the stream is not
  std::vector<bool> hidden_rows, hidden_columns;
};

/// From the first record of the sheet on. Errors (Input): it is no sheet; its end is missing; a cell lies outside of every sheet.
Result<SheetIndex> index_sheet(BiffRecords& records, std::uint64_t begin);

/// A record that holds one or several cells of a row, blank ones left out.
bool has_cells(std::uint16_t id);

}  // namespace switchboard::input
