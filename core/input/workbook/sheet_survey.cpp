#include "core/input/workbook/sheet_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "core/input/delimited/csv_layout.h"
#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

/// Rows looked at for the header.
constexpr std::size_t kSampleRows = 200;
/// Rows at the end looked at for what stands under the table.
constexpr std::size_t kTailRows = 6;

struct TailRow {
  std::uint32_t number;
  std::vector<std::string> cells;
};

std::size_t filled(const std::vector<std::string>& cells) {
  return static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !is_blank(cell); }));
}

std::vector<std::string> cells_of(const SheetRow& row) {
  std::vector<std::string> cells;
  for (const auto& cell : row.cells) {
    cells.resize(cell.column);
    cells.push_back(cell.text);
  }
  return cells;
}

bool has_contact(const std::vector<std::string>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return is_contact_datum(kind_of(cell)); });
}

/// A total, or a note after a blank row, under a table: the number of its first row; 0: none.
std::uint32_t find_footer(const std::deque<TailRow>& tail, std::uint32_t data_row, std::size_t width) {
  std::uint32_t footer = 0;
  const auto in_table = [&](const TailRow& row) { return row.number < data_row; };
  if (!tail.empty() && !in_table(tail.back())) {
    const auto& cells = tail.back().cells;
    bool total = false, other = false;
    for (const auto& cell : cells) {
      const CellKind kind = kind_of(cell);
      if (reads_like_total(cell)) total = true;
      else if (kind != CellKind::Empty && kind != CellKind::Number) other = true;
    }
    if (total && !other) footer = tail.back().number;
  }
  if (width < 3) return footer;
  // Up to five rows with one cell each, after a gap.
  for (std::size_t i = tail.size(); i-- > 1;) {
    if (in_table(tail[i]) || in_table(tail[i - 1])) break;
    if (filled(tail[i].cells) != 1 || has_contact(tail[i].cells)) break;
    if (tail[i - 1].number + 1 < tail[i].number) return tail[i].number;
  }
  return footer;
}

int likeness_of(const std::vector<SampleRow>& rows, const SheetSurvey& survey) {
  int words = 0, contacts = 0;
  for (const auto& column : survey.columns) words += has_header_word(column) ? 1 : 0;
  for (const auto& row : rows) {
    if (row.line >= survey.data_row && has_contact(row.cells)) ++contacts;
  }
  return std::min(words, 10) * 10 + std::min(contacts, 50) * 4;
}

}  // namespace

std::string ColumnContent::name() const {
  const std::uint64_t all = texts + numbers + dates + others;
  if (all == 0) return "empty";
  if (texts == all) return "text";
  if (numbers == all) return "number";
  if (dates == all) return "date";
  return "mixed";
}

Result<SheetSurvey> survey_sheet(SheetReader& reader, bool no_header) {
  SheetSurvey survey;
  std::vector<SampleRow> sample;
  std::deque<TailRow> tail;
  std::vector<std::pair<std::uint32_t, ColumnContent>> early;  // by row, until the header is known
  std::vector<std::vector<std::pair<std::uint32_t, CellType>>> sample_types;
  std::uint64_t rows = 0;
  const auto count = [&](std::uint32_t column, CellType type) {
    if (survey.content.size() <= column) survey.content.resize(column + 1);
    auto& content = survey.content[column];
    (type == CellType::Text ? content.texts : type == CellType::Number ? content.numbers : type == CellType::Date ? content.dates : content.others) += 1;
  };
  const auto fix_layout = [&] {
    const CsvLayout layout = find_layout(sample, 0, 1, no_header);
    survey.has_header = layout.has_header;
    survey.header_row = static_cast<std::uint32_t>(layout.header_line);
    survey.data_row = layout.has_header ? survey.header_row + 1 : 1;
    survey.warnings = layout.warnings;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (sample[i].line == survey.header_row) survey.columns = sample[i].cells;
      if (sample[i].line < survey.data_row) continue;
      for (const auto& [column, type] : sample_types[i]) count(column, type);
    }
  };

  SheetRow row;
  bool fixed = false;
  for (;;) {
    auto more = reader.next(row);
    if (!more) return more.error();
    if (!*more) break;
    ++rows;
    survey.last_row = row.number;
    survey.width = std::max(survey.width, row.cells.back().column + 1);
    if (row.hidden) ++survey.hidden_rows;
    for (const auto& cell : row.cells) {
      if (!cell.hidden) continue;
      auto& hidden = survey.hidden_columns;
      if (std::find(hidden.begin(), hidden.end(), cell.column) == hidden.end()) hidden.push_back(cell.column);
    }
    if (!fixed) {
      SampleRow looked;
      looked.cells = cells_of(row);
      looked.line = row.number;
      looked.line_count = 1;
      sample.push_back(std::move(looked));
      auto& types = sample_types.emplace_back();
      for (const auto& cell : row.cells) types.emplace_back(cell.column, cell.type);
      if (sample.size() == kSampleRows) {
        fix_layout();
        fixed = true;
      }
    } else {
      for (const auto& cell : row.cells) count(cell.column, cell.type);
    }
    tail.push_back({row.number, cells_of(row)});
    if (tail.size() > kTailRows) tail.pop_front();
  }
  if (!fixed) fix_layout();
  survey.columns.resize(survey.width);
  survey.content.resize(survey.width);
  if (!no_header) survey.footer_row = find_footer(tail, survey.data_row, survey.width);
  std::uint64_t outside = 0;
  for (const auto& looked : sample) outside += looked.line < survey.data_row ? 1 : 0;
  for (const auto& last : tail) outside += survey.footer_row != 0 && last.number >= survey.footer_row ? 1 : 0;
  survey.rows = rows - std::min(rows, outside);
  survey.likeness = likeness_of(sample, survey);
  return survey;
}

}  // namespace switchboard::input
