#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/bytes/line_end.h"
#include "core/input/delimited/csv_mark_walk.h"
#include "core/input/delimited/csv_row_counter.h"
#include "core/input/delimited/unit_buffer.h"

namespace switchboard::input {

/// How the structure of a delimited text is written.
struct CsvSyntax {
  char delimiter = ',';
  char quote = '"';
  bool lone_cr = false;     ///< a CR without LF ends a line
  bool padded = false;      ///< blanks around cells and before an opening quote are no part of the cell
  bool backslash = false;   ///< a delimiter, quote or line end behind a backslash is text (MySQL, PostgreSQL)
  bool big_endian = false;  ///< order of the bytes of a code unit, where it has more than one
  /// Bytes that open a two-byte character whose second byte may be the delimiter's (Shift_JIS and '|').
  std::optional<std::array<bool, 256>> lead_bytes;
};

/// Where a field lies, in code units from the start of its record.
struct FieldSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;    ///< after its last unit, quotes included
  std::uint32_t close = 0;  ///< position of the closing quote; 0: the field is not quoted
  bool doubled = false;     ///< has doubled quotes inside
  bool has_tail() const { return close != 0 && end > close + 1; }  ///< text after the closing quote
};

/// A record as it lies in the source, cut into fields but not decoded. Borrowed until the next next().
template <class Unit>
struct ScannedRecord {
  const Unit* units = nullptr;
  std::size_t size = 0;  ///< in units, without the line end
  std::uint64_t byte_begin = 0;
  std::uint64_t byte_end = 0;    ///< line end included
  std::uint64_t line = 0;        ///< first line, from 1
  std::uint64_t line_count = 0;  ///< lines it covers
  LineEnd line_end = LineEnd::None;
  bool stray_quotes = false;  ///< a quote in the middle of a field, or text after a closing one
  const char* too_large = nullptr;  ///< what it has too much of, for people: it was passed over, and has one empty field and no bytes
  /// As many as any record had before it, so that room is made for a block of marks at a time.
  std::vector<FieldSpan> spans;
  std::size_t field_count = 0;

  std::span<const FieldSpan> fields() const { return {spans.data(), field_count}; }
  std::string_view bytes() const { return {reinterpret_cast<const char*>(units), size * sizeof(Unit)}; }
};

/// Cuts a delimited text into records and fields: RFC 4180 and what people send. Works on code units, so that
/// UTF-16 keeps its own bytes and offsets. Constant memory; no allocation per record.
/// A record above kMaxRecordBytes or with more than kMaxFields fields is passed over, and said to be.
/// Errors (Input) name the line: a quote that never closes or seems not to, half a code unit at the end.
template <class Unit>
class CsvScanner {
 public:
  /// A quoted field that is longer and holds lines with delimiters has swallowed records.
  static constexpr std::size_t kLongFieldBytes = std::size_t{1} << 20;
  /// More than any spreadsheet has columns (16,384); a field costs 32 bytes beside its text.
  static constexpr std::size_t kMaxFields = 100'000;
  static constexpr std::size_t kMaxRecordBytes = std::size_t{16} << 20;
  static constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

  /// `store` outlives the scanner. Reading starts at byte `offset`, which is in line `line`.
  CsvScanner(ByteStore& store, std::string name, const CsvSyntax& syntax, std::uint64_t offset = 0,
             std::uint64_t line = 1, std::size_t block_bytes = kBlockBytes);

  /// False: the end. Not to be called again after that or after an error.
  Result<bool> next(ScannedRecord<Unit>& record);

  struct Passed {
    std::uint64_t rows = 0;
    std::uint64_t lines = 0;
    std::uint64_t lines_of_last = 0;
    bool ran_out = false;  ///< what has been read is all usual: perhaps read_on() brings more of them
  };
  /// Passes over the usual rows that come next, of what has been read already: perhaps none. `stop`: a byte from which on none is.
  /// `filled`, `watch`: as CsvRowCounter has them.
  Passed pass_usual_rows(const CsvUsualRow& usual, std::uint64_t stop, std::span<std::uint64_t> filled, const RecordWatch* watch);

  /// Reads what comes next, for pass_usual_rows(). False: there is no more. Errors: those of next().
  Result<bool> read_on() { return refill(); }

  /// Goes on at a byte where a record begins, behind the last one that was read, `lines` further on.
  void seek(std::uint64_t offset, std::uint64_t lines = 0);

  std::uint64_t bytes_consumed() const { return buffer_.offset_of(begin_); }
  /// Line that next() will read from, from 1.
  std::uint64_t line() const { return line_; }
  /// An ASCII character as a code unit of the source.
  Unit unit_of(char c) const;

 private:
  void cut_plain_fields(ScannedRecord<Unit>& record);
  struct QuotedEnd {
    std::size_t close = 0;  ///< 0: the field has no quotes
    bool doubled = false;
  };
  std::optional<QuotedEnd> find_closing_quote();
  bool cut_quoted_field(ScannedRecord<Unit>& record, QuotedEnd& last);
  bool end_plain_record(ScannedRecord<Unit>& record, QuotedEnd last);
  Result<bool> finish(ScannedRecord<Unit>& record);
  Result<bool> refill(bool may_drop = false);
  void drop_record();
  Result<bool> is_unit(std::size_t index, Unit unit);
  bool is_second_byte(std::size_t field, std::size_t at) const;
  bool is_escaped(std::size_t at) const;
  bool only_blanks(std::size_t from, std::size_t to) const;
  bool swallows_records() const;
  Error fault(std::uint64_t line, const std::string& what, const std::string& remedy) const;
  Error runaway(const std::string& what) const;
  void trim(FieldSpan& span) const;

  std::string name_;
  CsvSyntax syntax_;
  Unit delimiter_, quote_, cr_, lf_, blank_, backslash_;
  bool plain_;  ///< what a delimiter outside quotes is depends on nothing else
  UnitBuffer<Unit> buffer_;
  CsvMarkWalk<Unit> marks_;  // of what is in the buffer
  std::size_t begin_ = 0;    // of the current record

  std::uint64_t line_ = 1;
  std::uint64_t lines_inside_ = 0;  // line ends inside quotes so far in the current record
  std::uint64_t quote_line_ = 0;    // where the field that is open now was opened; 0: none is
  std::size_t field_ = 0;           // start of the current field in the record
  const char* too_large_ = nullptr; // why the current record is passed over; its bytes are not kept
};

extern template class CsvScanner<std::uint8_t>;
extern template class CsvScanner<std::uint16_t>;
extern template class CsvScanner<std::uint32_t>;

/// Calls `visit` with a Unit{} of the width in bytes: the one place where a run-time width becomes a type.
template <class Visit>
decltype(auto) with_unit(std::size_t unit_bytes, Visit&& visit) {
  if (unit_bytes == 2) return visit(std::uint16_t{});
  if (unit_bytes == 4) return visit(std::uint32_t{});
  return visit(std::uint8_t{});
}

}  // namespace switchboard::input
