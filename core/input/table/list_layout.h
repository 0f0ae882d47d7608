#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/input/table/sample_row.h"
#include "core/input/table/table_finder.h"

namespace switchboard::input {

/// Where the parts of a list lie (a text, a sheet, rows of JSON), found from the rows at its start.
struct ListLayout {
  bool has_header = false;
  std::uint64_t preamble_lines = 0;
  std::uint64_t header_line = 0;   ///< from 1; 0: none
  std::uint64_t header_lines = 0;  ///< more than one where a header cell has line ends
  std::uint64_t header_begin = 0;  ///< bytes in the source
  std::uint64_t data_begin = 0;
  std::uint64_t data_line = 1;  ///< line at data_begin
  std::size_t width = 0;        ///< columns, where there is no header
  std::vector<std::uint64_t> tables_above;  ///< lines of the headers of other tables above the one that is read
  /// The lines of the headers of several tables that all hold contacts: which one is meant cannot be known. Else empty.
  std::vector<std::uint64_t> rival_tables;
  std::optional<TableFinder> tables;  ///< where there is a header: all that the rows showed; goes on with the rows that follow
  std::vector<std::string> warnings;
};

/// Tells preamble, header and data apart. `first_byte`/`first_line`: what follows BOM and `sep=` line.
/// With a header: the first row, unless it is a title, a note or a blank line above a row that is clearly a
/// header (at most 20 rows; each is said in a warning), or unless the first row is itself a contact, in which
/// case there is no header (warning). Rows are only taken for preamble where they have no contact's data.
/// Of several tables the one with contacts is read; those that stand below it are for the reader to find, and to name.
ListLayout find_layout(const std::vector<SampleRow>& rows, std::uint64_t first_byte, std::uint64_t first_line,
                      bool no_header);

}  // namespace switchboard::input
