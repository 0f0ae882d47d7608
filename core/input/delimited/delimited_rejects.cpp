#include "core/input/delimited/delimited_rejects.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/base/own_columns.h"
#include "core/base/record.h"
#include "core/base/display_text.h"

namespace switchboard::input {
namespace {


bool is_row(std::string_view text) {
  return !text.empty() && (std::all_of(text.begin(), text.end(), is_digit) || PartsLeft::in(text));
}

/// On one line, and no formula: spreadsheets take a cell for one by its first character (OWASP, "CSV
/// Injection"; the tab and the carriage return of that list are gone with the other control characters).
std::string harmless(std::string_view text) {
  constexpr std::string_view kOpensFormula = "=+-@";
  std::string line = one_line(text);
  if (!line.empty() && kOpensFormula.find(line.front()) != std::string_view::npos) line.insert(0, 1, '\'');
  return line;
}

std::string joined(const std::vector<std::string_view>& cells, const std::string& delimiter) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += delimiter;
    text += cells[i];
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<DelimitedRejects>> DelimitedRejects::create(const std::string& path, const RejectsShape& shape) {
  auto file = OutputFile::create(path, shape.info.path);
  if (!file) return file.error();
  return std::make_unique<DelimitedRejects>(std::move(*file), shape);
}

DelimitedRejects::DelimitedRejects(std::unique_ptr<OutputFile> file, RejectsShape shape)
    : file_(std::move(file)),
      shape_(std::move(shape)),
      dialect_(shape_.info.dialect.value_or(Dialect())),
      syntax_(RawSyntax::of(dialect_, shape_.info.encoding, shape_.encode)) {
  for (const auto& column : shape_.info.columns) {
    is_old_.push_back(is_reject_column(column));
  }
  for (const char c : dialect_.delimiter + dialect_.quote) marks_[static_cast<unsigned char>(c)] = true;
  const auto& columns = shape_.info.columns;
  old_row_ = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), kRejectColumns.front()) - columns.begin());
  old_columns_ = static_cast<std::size_t>(std::count(is_old_.begin(), is_old_.end(), true));
}

std::string DelimitedRejects::cell(std::string_view content) const {
  std::string text = harmless(content);
  const Dialect& dialect = dialect_;
  // A backslash of ours would take the meaning of what follows it away.
  if (dialect.backslash) std::replace(text.begin(), text.end(), '\\', '/');
  // A " of ours in a file that quotes with ' would be taken for its quote when the file is read again.
  if (dialect.quote == "'") std::replace(text.begin(), text.end(), '"', '\'');
  const bool has_edge_blank = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  // As a search for one of several texts it took most of the time of writing rejects.
  const auto is_mark = [this](char c) { return marks_[static_cast<unsigned char>(c)]; };
  if (!has_edge_blank && std::none_of(text.begin(), text.end(), is_mark)) return text;
  if (dialect.quote.empty()) {
    std::replace(text.begin(), text.end(), dialect.delimiter[0], ' ');
    return text;
  }
  const char quote = dialect.quote[0];
  std::string quoted;
  quoted.reserve(text.size() + 16);
  quoted += dialect.quote;
  for (std::string_view rest = text;;) {
    const std::size_t at = rest.find(quote);
    quoted += rest.substr(0, at);
    if (at == std::string_view::npos) break;
    quoted.append(2, quote);
    rest.remove_prefix(at + 1);
  }
  return quoted += dialect.quote;
}

/// The source's header with our four columns before its line end; nothing but the byte order mark where it
/// has none.
std::string DelimitedRejects::header() const {
  std::string_view bytes = shape_.header_bytes;
  const std::string mark = shape_.info.has_bom ? shape_.encode("\xEF\xBB\xBF") : std::string();
  if (bytes.empty()) return mark;

  std::string line_end = syntax_.line_end;
  for (std::string_view end : {"\r\n", "\n", "\r"}) {
    const std::string encoded = shape_.encode(end);
    if (bytes.size() > encoded.size() && bytes.ends_with(encoded)) {
      line_end = encoded;
      bytes.remove_suffix(encoded.size());
      break;
    }
  }
  std::string text(bytes);
  if (old_columns_ > 0) {
    // The header record begins behind the byte order mark and a `sep=` line.
    std::size_t begin = bytes.starts_with(mark) ? mark.size() : 0;
    const auto line = bytes.substr(begin);
    if (line.starts_with(shape_.encode("sep=")) || line.starts_with(shape_.encode("SEP="))) {
      if (const auto end = line.find(line_end); end != std::string_view::npos) begin += end + line_end.size();
    }
    const auto cells = split_cells(bytes.substr(begin), syntax_);
    std::vector<std::string_view> kept;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i >= is_old_.size() || !is_old_[i]) kept.push_back(cells[i]);
    }
    text = std::string(bytes.substr(0, begin)) + joined(kept, syntax_.delimiter);
  }
  for (auto column : kRejectColumns) text += syntax_.delimiter + shape_.encode(column);
  return text + line_end;
}

std::string DelimitedRejects::without_old_columns(const RawRecord& record) const {
  auto cells = split_cells(record.raw, syntax_);
  // Behind a record with more cells than the header has, the old four still are its last ones: they were put
  // there.
  const bool are_last = std::all_of(is_old_.end() - static_cast<std::ptrdiff_t>(old_columns_), is_old_.end(),
                                    [](bool is_old) { return is_old; });
  if (cells.size() > is_old_.size() && are_last && record.cells.size() == cells.size() &&
      is_row(record.cells[cells.size() - old_columns_])) {
    cells.resize(cells.size() - old_columns_);
    return joined(cells, syntax_.delimiter);
  }
  std::vector<std::string_view> kept;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i >= is_old_.size() || !is_old_[i]) kept.push_back(cells[i]);
  }
  return joined(kept, syntax_.delimiter);
}

/// The record's bytes, with as many cells as the source has columns or more.
std::string DelimitedRejects::own_part(const RawRecord& record) const {
  std::string part = old_columns_ > 0 ? without_old_columns(record) : std::string(record.raw);
  std::size_t present = record.cells.size();
  while (present > 0 && is_absent(record.cells[present - 1])) --present;
  std::size_t columns = 0, own = 0;  // without the old four: of the source, of this record
  for (std::size_t i = 0; i < is_old_.size(); ++i) {
    if (is_old_[i]) continue;
    ++columns;
    if (i < present) ++own;
  }
  for (; own < columns; ++own) part += syntax_.delimiter;
  return part;
}

Result<void> DelimitedRejects::add(const RawRecord& record, const RejectNote& note) {
  if (!has_rows_) {
    has_rows_ = true;
    if (auto written = file_->write(header()); !written) return written;
  }
  std::string ours;
  const std::string_view before = old_row_ < record.cells.size() ? record.cells[old_row_] : std::string_view();
  for (const auto& text : {row_text(note, before), note.code, note.field, note.message}) {
    ours += dialect_.delimiter + cell(text);
  }
  return file_->write(own_part(record) + shape_.encode(ours) + syntax_.line_end);
}

Result<void> DelimitedRejects::finish() {
  if (!has_rows_) {
    file_.reset();
    return {};
  }
  auto done = file_->commit();
  file_.reset();
  return done;
}

}  // namespace switchboard::input
