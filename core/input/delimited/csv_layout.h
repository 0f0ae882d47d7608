#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/input/delimited/csv_sample.h"

namespace switchboard::input {

/// Where the parts of a delimited text lie, found from the rows at its start.
struct CsvLayout {
  bool has_header = false;
  std::uint64_t preamble_lines = 0;
  std::uint64_t header_line = 0;   ///< from 1; 0: none
  std::uint64_t header_lines = 0;  ///< more than one where a header cell has line ends
  std::uint64_t header_begin = 0;  ///< bytes in the source
  std::uint64_t data_begin = 0;
  std::uint64_t data_line = 1;  ///< line at data_begin
  std::size_t width = 0;        ///< columns, where there is no header
  std::optional<std::uint64_t> data_end;  ///< where another table begins; none: the end of the source
  /// The first lines of several tables that all hold contacts: which one is meant cannot be known. Else empty.
  std::vector<std::uint64_t> rival_tables;
  std::vector<std::string> warnings;
};

/// Tells preamble, header and data apart. `first_byte`/`first_line`: what follows BOM and `sep=` line.
/// With a header: the first row, unless it is a title, a note or a blank line above a row that is clearly a
/// header (at most 20 rows; each is said in a warning), or unless the first row is itself a contact, in which
/// case there is no header (warning). Rows are only taken for preamble where they have no contact's data.
/// Of several tables, each below a blank line or a title, the one with contacts is read, and the others are named.
CsvLayout find_layout(const std::vector<SampleRow>& rows, std::uint64_t first_byte, std::uint64_t first_line,
                      bool no_header);

}  // namespace switchboard::input
