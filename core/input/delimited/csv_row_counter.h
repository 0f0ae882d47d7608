#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/delimited/csv_marks.h"
#include "core/input/source.h"

namespace switchboard::input {

/// What nearly all rows of a table are like: they have a cell for each column, without quotes or within them as RFC 4180 has it, end with
/// LF or CR LF, have something in their first two cells and a digit in one, and do not begin as the header does. Nothing is to be said of
/// such a row, and nothing to be decided.
struct CsvUsualRow {
  CsvMarkUnits<std::uint8_t> marks{};
  bool lone_cr = false;             ///< CsvSyntax::lone_cr
  std::size_t columns = 0;          ///< two at least
  std::string header_begin;         ///< the header's first cell
  std::uint64_t most_lines = 0;     ///< of one row
  std::size_t most_bytes = 0;
};

/// Counts usual rows from their marks alone, without cutting them into cells: a block of marks after the other, until one is not usual, or
/// is to be seen.
class CsvRowCounter {
 public:
  /// The first row begins at the index `begin` of a text; what begins at `stop` or behind it is not counted. `usual` outlives it.
  /// `filled`: for each column, how many cells are not empty is added; may be empty. `watch`: outlives it; nullptr: no row is to be seen.
  CsvRowCounter(const CsvUsualRow& usual, const std::uint8_t* text, std::size_t begin, std::size_t stop, std::span<std::uint64_t> filled,
                const RecordWatch* watch);
  ~CsvRowCounter();
  CsvRowCounter(const CsvRowCounter&) = delete;
  CsvRowCounter& operator=(const CsvRowCounter&) = delete;

  /// The marks of the text from index `base` on, block after block: `begin` at first, then where those before ended. False: a row was met
  /// that is not usual, or is to be seen.
  bool take(std::size_t base, std::span<const CsvMarks> blocks) { return take_(*this, base, blocks); }

  std::uint64_t rows() const { return rows_; }
  /// Behind the last row that was counted.
  std::size_t end() const { return row_.begin; }
  /// Of all rows that were counted.
  std::uint64_t lines() const { return rows_ + lines_inside_; }
  std::uint64_t lines_of_last() const { return lines_of_last_; }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  /// Of the row that goes on.
  struct Row {
    std::size_t begin = 0;
    std::size_t delimiters = 0;
    std::size_t second = 0;   ///< where its second cell begins
    std::size_t cr = kNone;   ///< a CR outside quotes, which LF has to follow
    std::uint64_t lines = 0;  ///< ends of lines within quotes
  };
  /// What a block leaves to the next one: all ones or nothing, or the lowest bit.
  struct Carry {
    std::uint64_t inside = 0;  ///< quotes
    std::uint64_t behind_delimiter = 0;
    std::uint64_t behind_mark = 1;   ///< a delimiter or a line end
    std::uint64_t behind_close = 0;  ///< a closing quote
    std::uint64_t behind_open = 0;   ///< a quote that opens a cell
    std::uint64_t behind_empty = 0;  ///< two quotes that are all of a cell
  };
  using Take = bool (*)(CsvRowCounter&, std::size_t, std::span<const CsvMarks>);
  /// `watches`: watch_ is one. Where nobody watches, asking at each row took a tenth more.
  template <bool watches>
  static Take quickest();
  template <bool watches>
  static bool take_plainly(CsvRowCounter& counter, std::size_t base, std::span<const CsvMarks> blocks);
  template <bool watches>
  static bool take_with_popcnt(CsvRowCounter& counter, std::size_t base, std::span<const CsvMarks> blocks);
  template <bool watches>
  bool take_blocks(std::size_t base, std::span<const CsvMarks> blocks);
  template <bool watches>
  bool take_block(std::size_t base, const CsvMarks& block, Row& row, Carry& carry);
  bool is_usual(const Row& row, std::size_t end) const;
  bool is_filled(std::size_t cell) const;
  void note_empty(std::size_t column);
  template <bool watches>
  bool end_row(Row& row, std::size_t at);
  bool is_wanted(const Row& row, std::size_t end);

  const CsvUsualRow& usual_;
  const std::uint8_t* const text_;
  const std::size_t stop_;
  const std::span<std::uint64_t> filled_;
  const RecordWatch* const watch_;
  const Take take_;

  std::uint64_t rows_ = 0, lines_inside_ = 0, lines_of_last_ = 0;

  Row row_;
  Carry carry_;
  // Of the row that goes on as well.
  std::vector<std::size_t> empty_;      ///< columns
  std::vector<std::size_t> cell_ends_;  ///< of its first cells, as many as is watched of; what follows Row::delimiters means nothing
  std::vector<std::string_view> watched_;
};

}  // namespace switchboard::input
