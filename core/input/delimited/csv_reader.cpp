#include "core/input/delimited/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/input/delimited/cell_decoder.h"
#include "core/input/table/cell_kind.h"
#include "core/input/table/table_finder.h"
#include "core/input/delimited/csv_warnings.h"
#include "core/input/text/utf8_store.h"

namespace switchboard::input {
namespace {

template <class Unit>
class CsvReader final : public CsvRecordReader {
 public:
  CsvReader(const CsvPlan& plan, std::unique_ptr<ByteStore> store)
      : plan_(plan),
        store_(std::move(store)),
        scanner_(*store_, plan.name, plan.syntax, plan.layout.data_begin, plan.layout.data_line,
                 plan.block_bytes),
        decoder_(plan.encoding, plan.syntax, scanner_),
        notes_(plan.columns) {
    counts_.preamble = plan.layout.preamble_lines;
    counts_.header = plan.layout.header_lines;
    counts_.total = counts_.preamble + counts_.header;
    if (plan.layout.has_header) tables_.emplace(plan.header, plan.layout.header_line);
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

  const LineCounts& lines() const override { return counts_; }
  std::string_view raw() const override { return scanned_.bytes(); }
  std::uint64_t bytes_read() const override { return scanner_.bytes_consumed(); }
  const std::vector<std::string>& warnings() const override { return warnings_; }

 private:
  Result<bool> find_next(Record& record) {
    for (;;) {
      auto more = advance();
      if (!more || !*more) return more;
      bool is_text = decoder_.decode(scanned_, record.cells);
      if (scanned_.too_large != nullptr && !in_footer() && !in_other_table_) {
        gap_ = seen_ = false;
        if (waits_) {
          let_out(false);
          is_text = decoder_.decode(scanned_, record.cells);
        }
        return take(record, is_text);
      }
      if (!is_text && !plan_.encoding.tolerates) return not_text();
      const bool is_closing = plan_.footer_begin && scanned_.byte_begin >= *plan_.footer_begin;
      if (is_blank_record(record, !is_closing)) {
        counts_.blank += scanned_.line_count;
        gap_ = true;
        continue;
      }
      if (scanned_.byte_begin == plan_.footer_begin) footer_begun_ = true;
      if (!std::exchange(seen_, false) && tables_ && !in_footer()) {
        if (tables_->see(record.cells, scanned_.line, std::exchange(gap_, false))) {
          in_other_table_ = true;
          if (std::exchange(waits_, false)) counts_.other += waiting_.record.line_count;
        } else if (in_other_table_) {
          // Nothing of it is read.
        } else if (waits_) {
          let_out(tables_->may_be_title());
          is_text = decoder_.decode(scanned_, record.cells);
        } else if (tables_->may_be_title()) {
          hold_back();
          continue;
        }
      }
      if (in_footer() || in_other_table_ || is_header_again(record)) {
        counts_.other += scanned_.line_count;
        if (in_footer())
          notes_.footer(scanned_.line);
        else if (!in_other_table_)
          notes_.header_again(scanned_.line);
        continue;
      }
      if (auto whole = check_quotes(); !whole) return whole.error();
      return take(record, is_text);
    }
  }

  /// scanned_, whose cells the record has, is the next one.
  bool take(Record& record, bool is_text) {
    counts_.records += 1;
    counts_.continued += scanned_.line_count - 1;
    if (scanned_.too_large == nullptr) notes_.record(scanned_.line, record.cells.size());
    record.row = counts_.records;
    record.line = scanned_.line;
    record.byte_begin = scanned_.byte_begin;
    record.byte_end = scanned_.byte_end;
    record.issue = find_issue(record, is_text);
    return true;
  }

  /// The next record as it lies in the file becomes scanned_.
  Result<bool> advance() {
    if (std::exchange(has_next_, false)) {
      scanned_ = std::move(next_);
      seen_ = true;
      return true;
    }
    if (!ended_) {
      auto more = scanner_.next(scanned_);
      if (!more) return more;
      if (*more) {
        counts_.total += scanned_.line_count;
        return true;
      }
      ended_ = true;
    }
    if (std::exchange(waits_, false)) {
      out_ = std::move(waiting_);
      scanned_ = out_.record;
      seen_ = true;
      return true;
    }
    if (tables_ && !plan_.any_table && tables_->choice() != std::optional<std::size_t>(0)) return several_tables(plan_.name, lines_of_tables(0));
    return false;
  }

  /// What may be the title of another table waits for the row below it.
  void hold_back() {
    waiting_.record = scanned_;
    waiting_.units.assign(scanned_.units, scanned_.units + scanned_.size);
    waiting_.record.units = waiting_.units.data();
    waits_ = true;
  }

  /// It is no title: it comes now, and the row below it after it, unless that may be one.
  void let_out(bool next_waits) {
    out_ = std::move(waiting_);
    waits_ = false;
    if (next_waits) {
      hold_back();
    } else {
      next_ = std::move(scanned_);
      has_next_ = true;
    }
    scanned_ = out_.record;
  }

  bool in_footer() const { return footer_begun_ && scanned_.byte_begin >= *plan_.footer_begin; }

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
    if (scanned_.too_large != nullptr) {
      return reject("row.too_large", fmt::format("The row has {}, and was passed over; shorten it, or look for a quote or a line end that is missing.",
                                                 scanned_.too_large));
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
                        scanned_.line, plan_.encoding.name),
            "Name the right encoding with --encoding, or correct that line."};
  }

  /// A missing closing quote joins lines until the next quote in the file, which then has text right behind
  /// it. Where the line that opens the quote would be a whole record by itself, that is certain: records were
  /// swallowed.
  Result<void> check_quotes() {
    if (scanned_.line_count == 1) return {};
    notes_.long_field(scanned_.line, scanned_.line_count);
    for (std::size_t i = 0; i < scanned_.fields.size(); ++i) {
      const FieldSpan& field = scanned_.fields[i];
      if (!field.has_tail()) continue;
      const auto delimiters = delimiters_on_first_line(field);
      if (!delimiters) continue;
      if (plan_.columns > 1 && i + *delimiters + 1 == plan_.columns) {
        return Error{
            ErrorKind::Input,
            fmt::format(
                "{}: line {}: a quote opens field {} of the record that starts here and is not closed "
                "on its line; the {} lines after it would be swallowed",
                plan_.name, scanned_.line, i + 1, scanned_.line_count - 1),
            fmt::format("Close the quote on line {}, or double it where it is part of the text.",
                        scanned_.line)};
      }
      notes_.suspicious_quote(scanned_.line);
    }
    return {};
  }

  /// Delimiters between the opening quote and the first line end inside it; nothing where it has none.
  std::optional<std::size_t> delimiters_on_first_line(const FieldSpan& field) const {
    const Unit* first = scanned_.units + field.begin + 1;
    const Unit* last = scanned_.units + field.close;
    const Unit lf = scanner_.unit_of('\n');
    const Unit cr = scanner_.unit_of('\r');
    const Unit delimiter = scanner_.unit_of(plan_.syntax.delimiter);
    const Unit* line_end =
        std::find_if(first, last, [&](Unit u) { return u == lf || (plan_.syntax.lone_cr && u == cr); });
    if (line_end == last) return std::nullopt;
    return static_cast<std::size_t>(std::count(first, line_end, delimiter));
  }

  const CsvPlan& plan_;
  std::unique_ptr<ByteStore> store_;
  CsvScanner<Unit> scanner_;
  CellDecoder<Unit> decoder_;
  ScannedRecord<Unit> scanned_;
  LineCounts counts_;
  CsvWarnings notes_;
  std::vector<std::string> warnings_;
  std::optional<Error> failure_;
  Issue issue_;  ///< of the record that next() gave last
  /// A record with bytes of its own, since the scanner goes on.
  struct Kept {
    ScannedRecord<Unit> record;
    std::vector<Unit> units;
  };
  std::optional<TableFinder> tables_;
  Kept waiting_, out_;
  ScannedRecord<Unit> next_;
  bool waits_ = false;     ///< waiting_ holds a record
  bool has_next_ = false;  ///< next_ does; the scanner stands behind it
  bool seen_ = false;      ///< tables_ knows scanned_
  bool gap_ = false;       ///< a blank record stands right above
  bool footer_begun_ = false;
  bool in_other_table_ = false;
  bool ended_ = false;     ///< the scanner
  bool done_ = false;
};

template <class Unit>
class CsvPicker final : public CsvRecordPicker {
 public:
  CsvPicker(const CsvPlan& plan, std::unique_ptr<ByteStore> store)
      : store_(std::move(store)),
        scanner_(*store_, plan.name, plan.syntax, plan.layout.data_begin, plan.layout.data_line, plan.block_bytes),
        decoder_(plan.encoding, plan.syntax, scanner_) {}

  Result<bool> pick(std::uint64_t byte_begin, std::vector<std::string_view>& cells) override {
    scanner_.seek(byte_begin);
    auto more = scanner_.next(scanned_);
    if (more && *more) decoder_.decode(scanned_, cells);
    return more;
  }
  std::string_view raw() const override { return scanned_.bytes(); }

 private:
  std::unique_ptr<ByteStore> store_;
  CsvScanner<Unit> scanner_;
  CellDecoder<Unit> decoder_;
  ScannedRecord<Unit> scanned_;
};

}  // namespace

std::unique_ptr<CsvRecordPicker> make_csv_picker(const CsvPlan& plan, std::unique_ptr<ByteStore> store) {
  // Nothing is checked to be UTF-8 here: whoever knows where a record begins has read it.
  return with_unit(plan.encoding.unit_bytes, [&](auto unit) -> std::unique_ptr<CsvRecordPicker> {
    return std::make_unique<CsvPicker<decltype(unit)>>(plan, std::move(store));
  });
}

std::unique_ptr<CsvRecordReader> make_csv_reader(const CsvPlan& plan, std::unique_ptr<ByteStore> store) {
  if (plan.encoding.is_utf8() && !plan.encoding.tolerates && !plan.encoding.proven) store = check_utf8(std::move(store), plan.name);
  return with_unit(plan.encoding.unit_bytes, [&](auto unit) -> std::unique_ptr<CsvRecordReader> {
    return std::make_unique<CsvReader<decltype(unit)>>(plan, std::move(store));
  });
}

Result<std::vector<std::string>> read_header(const CsvPlan& plan, ByteStore& store) {
  return with_unit(plan.encoding.unit_bytes, [&](auto unit) -> Result<std::vector<std::string>> {
    using Unit = decltype(unit);
    CsvScanner<Unit> scanner(store, plan.name, plan.syntax, plan.layout.header_begin,
                             plan.layout.header_line);
    ScannedRecord<Unit> scanned;
    auto more = scanner.next(scanned);
    if (!more) return more.error();
    if (scanned.too_large != nullptr) {
      return Error{ErrorKind::Input, fmt::format("{}: line {}: the header has {}", plan.name, plan.layout.header_line, scanned.too_large),
                   "Check that this is a contact list and that its lines end as they should."};
    }
    const bool swallows =
        scanned.line_count > 1 && std::any_of(scanned.fields.begin(), scanned.fields.end(),
                                              [](const FieldSpan& f) { return f.has_tail(); });
    if (swallows) {
      return Error{ErrorKind::Input,
                   fmt::format("{}: line {}: a quote opens in the header and is not closed on its line",
                               plan.name, plan.layout.header_line),
                   "Close that quote, or take it out."};
    }
    CellDecoder<Unit> decoder(plan.encoding, plan.syntax, scanner);
    std::vector<std::string_view> cells;
    if (!decoder.decode(scanned, cells)) {
      return Error{ErrorKind::Input,
                   fmt::format("{}: line {}: the header has bytes that are not {}", plan.name,
                               plan.layout.header_line, plan.encoding.name),
                   "Name the right encoding with --encoding."};
    }
    return std::vector<std::string>(cells.begin(), cells.end());
  });
}

}  // namespace switchboard::input
