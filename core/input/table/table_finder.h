#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::input {

/// One of several tables in a report.
struct FoundTable {
  std::uint64_t first_line = 0;     ///< its title above the header, or the header
  std::uint64_t header_line = 0;
  std::vector<std::string> header;
  std::uint64_t rows = 0;           ///< that are not blank
  std::size_t contacts = 0;         ///< rows with an e-mail address or a phone; not counted beyond kSeveral
  static constexpr std::size_t kSeveral = 2;
};

/// Follows a list row by row, from the row below its header on, and finds the tables that begin further down: a header with a blank
/// row or a title right above it (table_rows.h says what heads one). Constant memory but for the tables; a row that has a digit
/// in it costs next to nothing.
class TableFinder {
 public:
  TableFinder(std::vector<std::string> header, std::uint64_t line);

  /// The next row that is not blank. `gap`: a blank one stands right above it. True: it heads another table.
  bool see(const std::vector<std::string_view>& cells, std::uint64_t line, bool gap);

  /// The next row is just one more of the table where it has two filled cells and a digit in one, and no blank row stands right above it.
  bool is_inside() const { return previous_line_ != 0 && !previous_lone_ && tables_.back().contacts == FoundTable::kSeveral; }
  /// So many rows of that kind come next, the last one in that line.
  void pass(std::uint64_t rows, std::uint64_t line) {
    tables_.back().rows += rows;
    previous_line_ = line;
    previous_after_gap_ = false;
  }

  /// The row that was seen last has one filled cell and a blank row above it.
  bool may_be_title() const { return previous_lone_ && previous_after_gap_; }

  const std::vector<FoundTable>& tables() const { return tables_; }
  /// The only table with contacts, or the one that has several where the others have one (of the host, say); the first where none
  /// has any. None: which one is meant cannot be known.
  std::optional<std::size_t> choice() const;

 private:
  bool see_closely(const std::vector<std::string_view>& cells, std::uint64_t line, bool gap);

  std::vector<FoundTable> tables_;
  std::uint64_t previous_line_ = 0;
  bool previous_lone_ = false;      ///< one filled cell: perhaps the title of a table
  bool previous_after_gap_ = false;
};

/// "there are 3 tables in this file: the one with contacts, whose header is on line 4, is read; left out: those on lines 1, 9".
std::string say_tables(std::uint64_t read_line, const std::vector<std::uint64_t>& other_lines);

/// Input: several of them hold contacts. `lines`: those of their headers.
Error several_tables(const std::string& source_name, const std::vector<std::uint64_t>& lines);

/// The same for who only looks at the file, and so reads the first of them.
std::string say_rivals(const Error& several);

/// "line 7", "lines 1, 40, 90".
std::string list_of_lines(const std::vector<std::uint64_t>& lines);

}  // namespace switchboard::input
