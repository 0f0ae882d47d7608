#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/workbook/sheet.h"

namespace switchboard::input {

/// What a column's cells are.
struct ColumnContent {
  std::uint64_t texts = 0, numbers = 0, dates = 0, others = 0;
  /// "text", "number", "date", "mixed"; "empty" where there is nothing.
  std::string name() const;
};

/// What one pass over a sheet tells.
struct SheetSurvey {
  std::uint64_t rows = 0;            ///< with a record in it, the header not counted
  std::uint32_t last_row = 0;        ///< number of the last row with a cell
  std::uint32_t width = 0;           ///< columns up to the last one with a cell
  bool has_header = false;
  std::uint32_t header_row = 0;
  std::uint32_t data_row = 1;        ///< the first row of records
  std::uint32_t footer_row = 0;      ///< the first row of what stands under the table, another one perhaps; 0: nothing does
  static constexpr std::uint32_t kNoEnd = ~std::uint32_t{0};
  std::uint32_t end_row = kNoEnd;    ///< the first row of the next table
  /// The rows of the headers of several tables of contacts: which one is meant cannot be known. Else empty.
  std::vector<std::uint64_t> rival_tables;
  std::vector<std::string> columns;  ///< header cells as shown, for all of `width`; empty where there is none
  std::vector<ColumnContent> content;
  std::uint64_t hidden_rows = 0;
  std::vector<std::uint32_t> hidden_columns;  ///< in order
  std::uint64_t restored = 0;        ///< cells with a phone number that was calculated with
  std::vector<std::uint64_t> beyond; ///< by column: numbers with more digits than a spreadsheet keeps
  std::vector<MergedArea> merged;    ///< those that reach into the records
  std::vector<std::string> warnings;
  int likeness = 0;                  ///< how much it looks like a list of contacts; 0: not at all
};

/// Reads a sheet to its end. `no_header`: every row is a record. Errors: the reader's.
Result<SheetSurvey> survey_sheet(SheetReader& reader, bool no_header);

}  // namespace switchboard::input
