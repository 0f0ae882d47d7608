#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/input/workbook/sheet.h"
#include "core/input/xls/biff_records.h"

namespace switchboard::input {

/// The most rows and columns that a sheet of BIFF has ([MS-XLS] 2.2.1; the row is a number of 16 bits).
inline constexpr std::uint32_t kMostBiffRows = 65'536, kMostBiffColumns = 256;

/// What one pass over a sheet's records tells, without looking into its cells.
struct SheetIndex {
  /// Where a record with cells begins, behind its row: eight bytes, for there may be millions of them.
  class Place {
   public:
    Place(std::uint32_t row, std::uint64_t begin) : packed_(std::uint64_t{row} << 48 | begin) {}
    std::uint32_t row() const { return static_cast<std::uint32_t>(packed_ >> 48); }
    std::uint64_t begin() const { return packed_ & 0xFFFF'FFFF'FFFF; }
    bool operator<(const Place& other) const { return packed_ < other.packed_; }

   private:
    std::uint64_t packed_;
  };
  bool in_order = true;       ///< the rows of the cells never go back
  std::vector<Place> places;  ///< by row, and as they follow each other; only where the rows go back
  std::vector<bool> hidden_rows, hidden_columns;
  std::vector<MergedArea> merged;  ///< kMostMerged at most
};

/// From the first record of the sheet on. Errors (Input): it is no sheet; its end is missing; a cell lies outside of every sheet.
Result<SheetIndex> index_sheet(BiffRecords& records, std::uint64_t begin);

/// A record that holds one or several cells of a row, blank ones left out.
bool has_cells(std::uint16_t id);

}  // namespace switchboard::input
