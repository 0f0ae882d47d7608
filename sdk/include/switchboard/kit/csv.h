// CSV as RFC 4180 has it: a writer for requests, a reader for sandboxes and for the files that vendors hand
// back.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// Quotes only where it must, so the bytes are the same for the same cells.
class CsvWriter {
 public:
  explicit CsvWriter(std::string_view line_end = "\r\n", char delimiter = ',')
      : line_end_(line_end), delimiter_(delimiter) {}

  CsvWriter& cell(std::string_view text) {
    if (cells_++ > 0) out_.push_back(delimiter_);
    row_empty_ = row_empty_ && text.empty();
    // A byte order mark at the beginning of a file would be taken for the file's.
    const bool mark = out_.empty() && text.starts_with("\xEF\xBB\xBF");
    // Byte by byte: cells are short, and a library's search called for each of their bytes was two thirds of encoding a file.
    bool quote = mark;
    for (const char c : text) quote |= c == '"' || c == '\r' || c == '\n' || c == delimiter_;
    if (!quote) {
      out_ += text;
      return *this;
    }
    out_.push_back('"');
    for (const char c : text) {
      if (c == '"') out_.push_back('"');
      out_.push_back(c);
    }
    out_.push_back('"');
    return *this;
  }

  CsvWriter& end_row() {
    if (cells_ == 1 && row_empty_) out_ += "\"\"";  // else the row would be a blank line, which readers skip
    out_ += line_end_;
    cells_ = 0;
    row_empty_ = true;
    return *this;
  }

  template <class Cells>
  CsvWriter& row(const Cells& cells) {
    for (const auto& text : cells) cell(text);
    return end_row();
  }

  std::size_t size() const { return out_.size(); }
  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::string line_end_;
  char delimiter_;
  std::size_t cells_ = 0;
  bool row_empty_ = true;
};

using CsvRow = std::vector<std::string>;

/// Rows of cells; line ends LF, CRLF or CR; a BOM is skipped; blank lines are left out. nullopt where a quote
/// is never closed or text follows a closing quote.
inline std::optional<std::vector<CsvRow>> read_csv(std::string_view text, char delimiter = ',') {
  std::vector<CsvRow> rows;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  CsvRow row;
  std::string cell;
  bool quoted = false;
  std::size_t at = 0;
  const auto end_cell = [&] {
    row.push_back(std::move(cell));
    cell.clear();
  };
  const auto end_row = [&] {
    const bool blank = row.empty() && cell.empty() && !quoted;
    if (!blank) {
      end_cell();
      rows.push_back(std::move(row));
    }
    row.clear();
    quoted = false;
  };
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' && cell.empty() && !quoted) {
      quoted = true;
      for (++at;; ++at) {
        if (at >= text.size()) return std::nullopt;
        if (text[at] != '"') {
          cell.push_back(text[at]);
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
          cell.push_back(text[++at]);
        } else {
          break;
        }
      }
      ++at;
      if (at < text.size() && text[at] != delimiter && text[at] != '\r' && text[at] != '\n')
        return std::nullopt;
    } else if (c == delimiter) {
      end_cell();
      quoted = false;
      ++at;
    } else if (c == '\r' || c == '\n') {
      end_row();
      const bool pair = c == '\r' && text.substr(at + 1, 1) == "\n";
      at += pair ? 2u : 1u;
    } else {
      cell.push_back(c);
      ++at;
    }
  }
  if (!row.empty() || !cell.empty() || quoted) end_row();
  return rows;
}

/// Index of a name in a header row.
inline std::optional<std::size_t> csv_column(const CsvRow& header, std::string_view name) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == name) return i;
  }
  return std::nullopt;
}

/// A file whose first row names the columns.
struct CsvTable {
  CsvRow header;
  std::vector<CsvRow> rows;  ///< those below it; they may be shorter or longer

  /// nullopt where it is no CSV, or has no row.
  static std::optional<CsvTable> read(std::string_view text, char delimiter = ',') {
    auto all = read_csv(text, delimiter);
    if (!all || all->empty()) return std::nullopt;
    CsvTable table{std::move(all->front()), {}};
    table.rows.assign(std::make_move_iterator(all->begin() + 1), std::make_move_iterator(all->end()));
    return table;
  }

  bool has(std::string_view name) const { return csv_column(header, name).has_value(); }
  /// Empty where the row ends before the column, and where there is no such column.
  std::string cell(const CsvRow& row, std::string_view name) const {
    const auto column = csv_column(header, name);
    return column && *column < row.size() ? row[*column] : std::string();
  }
  /// `visit(name, cell)` of each column that the row has a text in.
  template <class Visit>
  void each_filled(const CsvRow& row, Visit visit) const {
    for (std::size_t i = 0; i < header.size() && i < row.size(); ++i)
      if (!row[i].empty()) visit(header[i], row[i]);
  }
};

}  // namespace switchboard::kit
