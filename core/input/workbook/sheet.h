#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace switchboard::input {

/// What a cell of a workbook holds.
enum class CellType : std::uint8_t { Text, Number, Date, Boolean, Error };

/// A cell that is not empty.
struct SheetCell {
  std::uint32_t column = 0;  ///< from 0
  CellType type = CellType::Text;
  /// UTF-8. Numbers without exponent, dates as ISO 8601, booleans TRUE and FALSE, errors as shown ("#N/A").
  std::string text;
  bool hidden = false;       ///< in a hidden column
  bool restored = false;     ///< a phone number that the program calculated with: `text` is what was typed, not the result
};

/// A row that holds at least one cell, cells by column. Reused from row to row.
struct SheetRow {
  std::uint32_t number = 0;  ///< as the program shows it, from 1
  bool hidden = false;
  std::vector<SheetCell> cells;
};

/// Limits of the programs that write workbooks; what lies beyond is damage or an attack.
inline constexpr std::uint32_t kMostColumns = 16'384, kMostRows = 1'048'576;

/// Text of one cell, and of a row: what is longer is no contact's, and was made to do harm (a cell of Excel's ends at 32,767
/// characters).
inline constexpr std::size_t kLongestCell = std::size_t{1} << 20, kLongestRow = std::size_t{16} << 20;

/// Cells that are shown as one; the value stands in the first. Rows from 1, columns from 0, both ends included.
struct MergedArea {
  std::uint32_t first_row = 0, last_row = 0, first_column = 0, last_column = 0;
};
/// No more of them are kept.
inline constexpr std::size_t kMostMerged = 10'000;

/// One pass over the rows of a sheet. Not thread-safe.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  /// False: the end of the sheet was reached in good order. Errors (Input): the sheet is damaged from here on.
  virtual Result<bool> next(SheetRow& row) = 0;
  /// Bytes of the sheet's part read so far, for progress.
  virtual std::uint64_t bytes_read() const = 0;
  /// Complete after next() returned false.
  virtual const std::vector<MergedArea>& merged() const {
    static const std::vector<MergedArea> none;
    return none;
  }
};

}  // namespace switchboard::input
