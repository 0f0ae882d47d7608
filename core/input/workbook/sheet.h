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
};

/// A row that holds at least one cell, cells by column. Reused from row to row.
struct SheetRow {
  std::uint32_t number = 0;  ///< as the program shows it, from 1
  bool hidden = false;
  std::vector<SheetCell> cells;
};

/// Limits of the programs that write workbooks; what lies beyond is damage or an attack.
inline constexpr std::uint32_t kMostColumns = 16'384, kMostRows = 1'048'576;

/// One pass over the rows of a sheet. Not thread-safe.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  /// False: the end of the sheet was reached in good order. Errors (Input): the sheet is damaged from here on.
  virtual Result<bool> next(SheetRow& row) = 0;
  /// Bytes of the sheet's part read so far, for progress.
  virtual std::uint64_t bytes_read() const = 0;
};

}  // namespace switchboard::input
