#include "core/input/delimited/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/input/delimited/csv_record_cutter.h"
#include "core/input/delimited/csv_warnings.h"
#include "core/input/table/cell_kind.h"
#include "core/input/table/table_finder.h"

namespace switchboard::input {
namespace {

/// Which records are rows, and what is wrong with them.
template <class Unit>
class CsvReader final : public CsvRecordReader {
 public:
  CsvReader(const CsvPlan& plan, std::unique_ptr<ByteStore> store)
      : plan_(plan), records_(plan, std::move(store)), notes_(plan.columns) {
    counts_.preamble = plan.layout.preamble_lines;
    counts_.header = plan.layout.header_lines;
    counts_.total = counts_.preamble + counts_.header;
    if (plan.layout.has_header) tables_.emplace(plan.header, plan.layout.header_line);
    usual_.marks = {static_cast<std::uint8_t>(plan.syntax.delimiter), static_cast<std::uint8_t>(plan.syntax.quote), '\r', '\n'};
    usual_.lone_cr = plan.syntax.lone_cr;
    usual_.columns = plan.columns;
    if (!plan.header.empty()) usual_.header_begin = plan.header.front();
    usual_.most_lines = CsvWarnings::kImprobableLines;
    usual_.most_bytes = CsvScanner<Unit>::kMaxRecordBytes;
  }

  Result<bool> next(Record& record) override {
    if (failure_) return *failure_;
    auto more = done_ ? Result<bool>(false) : find_next(record);
    if (!more)
      failure_ = more.error();
    else if (!*more && !done_) {
      done_ = true;
      warnings_ = notes_.sentences();
      say_other_tables();
    }
    return more;
  }

  Result<bool> pass(RecordTally& tally) override {
    if (has_usual_rows_ && pass_usual_rows(tally)) return true;
    // Where rows are not usual, trying again at each of them would cost more than it brings.
    for (unsigned i = 0; i < one_by_one_; ++i) {
      auto more = RecordReader::pass(tally);
      if (!more || !*more) return more;
    }
    one_by_one_ = std::min(2 * one_by_one_, kMostOneByOne);
    return true;
  }

  const LineCounts& lines() const override { return counts_; }
  std::string_view raw() const override { return scanned().bytes(); }
  std::uint64_t bytes_read() const override { return records_.bytes_consumed(); }
  const std::vector<std::string>& warnings() const override { return warnings_; }

 private:
  static constexpr unsigned kMostOneByOne = 64;

  /// False: none came next.
  bool pass_usual_rows(RecordTally& tally) {
    const bool is_inside = !tables_ || (!gap_ && !in_other_table_ && tables_->is_inside());
    if (failure_ || done_ || !is_inside) return false;
    const auto passed = records_.pass_usual_rows(usual_, plan_.footer_begin.value_or(~std::uint64_t{0}), tally.filled, tally.watch);
    if (passed.rows == 0) return false;
    counts_.records += passed.rows;
    counts_.total += passed.lines;
    counts_.continued += passed.lines - passed.rows;
    if (tables_) tables_->pass(passed.rows, records_.line() - passed.lines_of_last);
    tally.records += passed.rows;
    one_by_one_ = 1;
    return true;
  }

  /// Whether rows can be told from their marks.
  static bool has_usual_rows(const CsvPlan& plan, bool takes_bytes) {
    const CsvSyntax& syntax = plan.syntax;
    const bool plain = takes_bytes && !syntax.padded && !syntax.backslash && !syntax.lead_bytes && syntax.quote != syntax.delimiter;
    const bool quoted_header = !plan.header.empty() && plan.header.front().find(syntax.quote) != std::string::npos;
    return plain && plan.columns > 1 && !is_digit(syntax.delimiter) && !is_digit(syntax.quote) && !quoted_header;
  }

  Result<bool> find_next(Record& record) {
    for (;;) {
      auto more = records_.next();
      if (!more) return more;
      if (!*more) return end();
      if (!records_.came_before()) counts_.total += scanned().line_count;
      bool is_text = records_.decode(record.cells);
      if (scanned().too_large != nullptr && !in_footer() && !in_other_table_) {
        gap_ = false;
        if (records_.holds_one()) {
          records_.let_out(false);
          is_text = records_.decode(record.cells);
        }
        return take(record, is_text);
      }
      if (!is_text && !plan_.encoding.tolerates) return not_text();
      const bool is_closing = plan_.footer_begin && scanned().byte_begin >= *plan_.footer_begin;
      if (is_blank_record(record, !is_closing)) {
        counts_.blank += scanned().line_count;
        gap_ = true;
        continue;
      }
      if (scanned().byte_begin == plan_.footer_begin) footer_begun_ = true;
      if (!records_.came_before() && tables_ && !in_footer()) {
        if (tables_->see(record.cells, scanned().line, std::exchange(gap_, false))) {
          in_other_table_ = true;
          counts_.other += records_.drop_held();
        } else if (in_other_table_) {
          // Nothing of it is read.
        } else if (records_.holds_one()) {
          records_.let_out(tables_->may_be_title());
          is_text = records_.decode(record.cells);
        } else if (tables_->may_be_title()) {
          records_.hold_back();
          continue;
        }
      }
      if (in_footer() || in_other_table_ || is_header_again(record)) {
        counts_.other += scanned().line_count;
        if (in_footer())
          notes_.footer(scanned().line);
        else if (!in_other_table_)
          notes_.header_again(scanned().line);
        continue;
      }
      if (scanned().line_count > 1) {
        if (auto whole = check_quotes(); !whole) return whole.error();
      }
      return take(record, is_text);
    }
  }

  Result<bool> end() const {
    if (tables_ && !plan_.any_table && tables_->choice() != std::optional<std::size_t>(0)) return several_tables(plan_.name, lines_of_tables(0));
    return false;
  }

  /// scanned(), whose cells the record has, is the next one.
  bool take(Record& record, bool is_text) {
    counts_.records += 1;
    counts_.continued += scanned().line_count - 1;
    if (scanned().too_large == nullptr) notes_.record(scanned().line, record.cells.size());
    record.row = counts_.records;
    record.line = scanned().line;
    record.byte_begin = scanned().byte_begin;
    record.byte_end = scanned().byte_end;
    record.text = records_.text();
    record.issue = find_issue(record, is_text);
    return true;
  }

  const ScannedRecord<Unit>& scanned() const { return records_.record(); }

  bool in_footer() const { return footer_begun_ && scanned().byte_begin >= *plan_.footer_begin; }

  /// Lines of the headers of the tables above the one that is read, and of those found from the n-th on.
  std::vector<std::uint64_t> lines_of_tables(std::size_t from) const {
    std::vector<std::uint64_t> lines = plan_.layout.tables_above;
    if (!tables_) return lines;
    for (std::size_t i = from; i < tables_->tables().size(); ++i) lines.push_back(tables_->tables()[i].header_line);
    return lines;
  }

  void say_other_tables() {
    const auto others = lines_of_tables(1);
    if (others.empty() || !plan_.layout.rival_tables.empty()) return;
    const bool is_clear = !tables_ || tables_->choice() == std::optional<std::size_t>(0);
    warnings_.push_back(is_clear ? say_tables(plan_.layout.header_line, others) : say_rivals(several_tables(plan_.name, lines_of_tables(0))));
  }

  /// `ruled`: a line drawn between rows counts as blank.
  static bool is_blank_record(const Record& record, bool ruled) {
    // Nearly always the first cell settles it.
    const std::string_view first = record.cells.front();
    const bool filled = !first.empty() && static_cast<unsigned char>(first.front()) > ' ' && first.front() != '\xC2';
    if (filled && !(ruled && (first.front() == '-' || first.front() == '+' || first.front() == '=' || first.front() == ':'))) return false;
    return std::all_of(record.cells.begin(), record.cells.end(), [&](std::string_view cell) { return is_blank(cell) || (ruled && is_ruled(cell)); });
  }

  /// "-----", ":---:", "---+---": what is drawn between the rows of a table.
  static bool is_ruled(std::string_view cell) {
    constexpr std::string_view kMarks = "-=+:| ";
    return (cell.find("--") != std::string_view::npos || cell.find("==") != std::string_view::npos) && std::all_of(cell.begin(), cell.end(), [&](char c) {
             return kMarks.find(c) != std::string_view::npos;
           });
  }

  /// Lists pasted below each other bring their header along.
  bool is_header_again(const Record& record) const {
    const auto& header = plan_.header;
    return !header.empty() && record.cells.front() == header.front() && record.cells.size() == header.size() &&
           std::equal(header.begin(), header.end(), record.cells.begin());
  }

  const Issue* find_issue(const Record& record, bool is_text) {
    if (scanned().too_large != nullptr) {
      return reject("row.too_large", fmt::format("The row has {}, and was passed over; shorten it, or look for a quote or a line end that is missing.",
                                                 scanned().too_large));
    }
    if (!is_text) {
      return reject("row.not_in_encoding",
                    fmt::format("The row has bytes that are not {}, as the rest of the file is; correct it.",
                                plan_.encoding.name));
    }
    if (plan_.header.empty() || record.cells.size() <= plan_.columns) return nullptr;
    const auto extra = std::find_if_not(record.cells.begin() + static_cast<std::ptrdiff_t>(plan_.columns),
                                        record.cells.end(), is_blank);
    if (extra == record.cells.end()) return nullptr;
    return reject("row.too_many_cells",
                  fmt::format("The row has {} cells and the header has {}: is there a delimiter inside a cell without quotes?",
                              record.cells.size(), plan_.columns));
  }

  const Issue* reject(const char* code, std::string message) {
    issue_.code = code;
    issue_.message = std::move(message);
    return &issue_;
  }

  Error not_text() const {
    return {ErrorKind::Input,
            fmt::format("{}: line {}: the record that starts here has bytes that are not {}", plan_.name,
                        scanned().line, plan_.encoding.name),
            "Name the right encoding with --encoding, or correct that line."};
  }

  /// A missing closing quote joins lines until the next quote in the file, which then has text right behind
  /// it. Where the line that opens the quote would be a whole record by itself, that is certain: records were
  /// swallowed. For a record of several lines.
  Result<void> check_quotes() {
    notes_.long_field(scanned().line, scanned().line_count);
    for (std::size_t i = 0; i < scanned().fields().size(); ++i) {
      const FieldSpan& field = scanned().fields()[i];
      if (!field.has_tail()) continue;
      const auto delimiters = delimiters_on_first_line(field);
      if (!delimiters) continue;
      if (plan_.columns > 1 && i + *delimiters + 1 == plan_.columns) {
        return Error{
            ErrorKind::Input,
            fmt::format(
                "{}: line {}: a quote opens field {} of the record that starts here and is not closed "
                "on its line; the {} lines after it would be swallowed",
                plan_.name, scanned().line, i + 1, scanned().line_count - 1),
            fmt::format("Close the quote on line {}, or double it where it is part of the text.",
                        scanned().line)};
      }
      notes_.suspicious_quote(scanned().line);
    }
    return {};
  }

  /// Delimiters between the opening quote and the first line end inside it; nothing where it has none.
  std::optional<std::size_t> delimiters_on_first_line(const FieldSpan& field) const {
    const Unit* first = scanned().units + field.begin + 1;
    const Unit* last = scanned().units + field.close;
    const Unit lf = records_.unit_of('\n');
    const Unit cr = records_.unit_of('\r');
    const Unit delimiter = records_.unit_of(plan_.syntax.delimiter);
    const Unit* line_end =
        std::find_if(first, last, [&](Unit u) { return u == lf || (plan_.syntax.lone_cr && u == cr); });
    if (line_end == last) return std::nullopt;
    return static_cast<std::size_t>(std::count(first, line_end, delimiter));
  }

  const CsvPlan& plan_;
  CsvUsualRow usual_;
  CsvRecordCutter<Unit> records_;
  LineCounts counts_;
  CsvWarnings notes_;
  std::vector<std::string> warnings_;
  std::optional<Error> failure_;
  Issue issue_;  ///< of the record that next() gave last
  std::optional<TableFinder> tables_;
  const bool has_usual_rows_ = has_usual_rows(plan_, records_.takes_bytes());
  unsigned one_by_one_ = 1;  ///< records that pass() takes as they come, before it looks for usual rows again
  bool gap_ = false;  ///< a blank record stands right above
  bool footer_begun_ = false;
  bool in_other_table_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<CsvRecordReader> make_csv_reader(const CsvPlan& plan, std::unique_ptr<ByteStore> store) {
  return with_unit(plan.encoding.unit_bytes, [&](auto unit) -> std::unique_ptr<CsvRecordReader> {
    return std::make_unique<CsvReader<decltype(unit)>>(plan, std::move(store));
  });
}

}  // namespace switchboard::input
