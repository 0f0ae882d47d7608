#include "core/input/delimited/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/input/delimited/cell_decoder.h"
#include "core/input/table/cell_kind.h"
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
  }

  Result<bool> next(Record& record) override {
    if (failure_) return *failure_;
    auto more = done_ ? Result<bool>(false) : find_next(record);
    if (!more)
      failure_ = more.error();
    else if (!*more && !done_) {
      done_ = true;
      warnings_ = notes_.sentences();
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
      auto more = scanner_.next(scanned_);
      if (!more || !*more) return more;
      counts_.total += scanned_.line_count;
      if (scanned_.byte_begin == plan_.footer_begin) in_footer_ = true;
      if (plan_.layout.data_end && scanned_.byte_begin >= *plan_.layout.data_end) in_other_table_ = true;
      const bool is_text = decoder_.decode(scanned_, record.cells);
      if (!is_text && !plan_.encoding.tolerates) return not_text();
      if (is_blank_record(record)) {
        counts_.blank += scanned_.line_count;
        continue;
      }
      if (in_footer_ || in_other_table_ || is_header_again(record)) {
        counts_.other += scanned_.line_count;
        if (in_footer_)
          notes_.footer(scanned_.line);
        else if (!in_other_table_)
          notes_.header_again(scanned_.line);
        continue;
      }
      if (auto whole = check_quotes(); !whole) return whole.error();
      counts_.records += 1;
      counts_.continued += scanned_.line_count - 1;
      notes_.record(scanned_.line, record.cells.size());
      record.row = counts_.records;
      record.line = scanned_.line;
      record.byte_begin = scanned_.byte_begin;
      record.byte_end = scanned_.byte_end;
      record.issue = find_issue(record, is_text);
      return true;
    }
  }

  static bool is_blank_record(const Record& record) {
    // Nearly always the first cell settles it.
    const std::string_view first = record.cells.front();
    if (!first.empty() && static_cast<unsigned char>(first.front()) > ' ' && first.front() != '\xC2')
      return false;
    return std::all_of(record.cells.begin(), record.cells.end(), is_blank);
  }

  /// Lists pasted below each other bring their header along.
  bool is_header_again(const Record& record) const {
    const auto& header = plan_.header;
    return !header.empty() && record.cells.front() == header.front() && record.cells.size() == header.size() &&
           std::equal(header.begin(), header.end(), record.cells.begin());
  }

  const Issue* find_issue(const Record& record, bool is_text) {
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
  bool in_footer_ = false;
  bool in_other_table_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<CsvRecordReader> make_csv_reader(const CsvPlan& plan, std::unique_ptr<ByteStore> store) {
  if (plan.encoding.is_utf8() && !plan.encoding.tolerates) store = check_utf8(std::move(store), plan.name);
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
