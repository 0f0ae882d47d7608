#include "core/input/workbook/sheet_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "core/input/table/footer.h"
#include "core/input/table/list_layout.h"
#include "core/input/table/cell_kind.h"
#include "core/input/workbook/number_format.h"

namespace switchboard::input {
namespace {

/// Rows looked at for the header.
constexpr std::size_t kSampleRows = 200;
/// Rows at the end looked at for what stands under the table.
constexpr std::size_t kTailRows = 24;

bool has_more_digits(const std::string& number) {
  const std::size_t first = number.find_first_not_of("-+0");
  return first != std::string::npos && number.find('.') == std::string::npos && number.size() - first > kSureDigits;
}

struct TailRow {
  std::uint32_t number;
  std::vector<std::string> cells;
};

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

/// The number of the first row of what stands under a table; 0: nothing does.
std::uint32_t find_footer_row(const std::deque<TailRow>& tail, std::uint32_t data_row, std::uint32_t end_row, std::size_t width) {
  std::vector<SampleRow> rows;
  for (const TailRow& row : tail) {
    if (row.number < data_row || row.number >= end_row) continue;
    SampleRow& looked = rows.emplace_back();
    // Rows without a cell are not there; one stands for all of them.
    if (rows.size() > 1 && rows[rows.size() - 2].line + 1 < row.number) {
      looked.line = row.number - 1;
      looked.line_count = 1;
      rows.emplace_back();
    }
    rows.back().cells = row.cells;
    rows.back().line = row.number;
    rows.back().line_count = 1;
  }
  const auto footer = find_footer(rows, width);
  return footer ? static_cast<std::uint32_t>(rows[*footer].line) : 0;
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

namespace {

/// One pass over a sheet.
class Surveyor {
 public:
  Surveyor(SheetReader& reader, bool no_header) : reader_(reader), no_header_(no_header) {}

  Result<SheetSurvey> run() {
    for (;;) {
      SheetRow& row = last_rows_[rows_ % kTailRows];
      auto more = reader_.next(row);
      if (!more) return more.error();
      if (!*more) break;
      ++rows_;
      look_at(row);
    }
    if (!fixed_) fix_layout();
    survey_.columns.resize(survey_.width);
    survey_.content.resize(survey_.width);
    finish();
    return std::move(survey_);
  }

 private:
  void look_at(const SheetRow& row) {
    survey_.last_row = row.number;
    survey_.width = std::max(survey_.width, row.cells.back().column + 1);
    if (row.hidden) ++survey_.hidden_rows;
    for (const auto& cell : row.cells) {
      if (cell.restored) ++survey_.restored;
      if (cell.type == CellType::Number && cell.text.size() > kSureDigits && has_more_digits(cell.text)) {
        if (survey_.beyond.size() <= cell.column) survey_.beyond.resize(cell.column + 1);
        ++survey_.beyond[cell.column];
      }
      if (!cell.hidden) continue;
      if (hidden_columns_.size() <= cell.column) hidden_columns_.resize(cell.column + 1);
      hidden_columns_[cell.column] = true;
    }
    if (fixed_) {
      if (tables_) see(row);
      for (const auto& cell : row.cells) count(cell.column, cell.type);
      return;
    }
    SampleRow looked;
    looked.cells = cells_of(row);
    looked.line = row.number;
    looked.line_count = 1;
    sample_.push_back(std::move(looked));
    auto& types = sample_types_.emplace_back();
    for (const auto& cell : row.cells) types.emplace_back(cell.column, cell.type);
    if (sample_.size() == kSampleRows) fix_layout();
  }

  /// The tables further down than the sample.
  void see(const SheetRow& row) {
    views_.assign(row.cells.back().column + 1, {});
    for (const auto& cell : row.cells) views_[cell.column] = cell.text;
    const bool gap = row.number > seen_row_ + 1;
    seen_row_ = row.number;
    if (!std::all_of(views_.begin(), views_.end(), is_blank)) (void)tables_->see(views_, row.number, gap);
  }

  void count(std::uint32_t column, CellType type) {
    if (survey_.content.size() <= column) survey_.content.resize(column + 1);
    auto& content = survey_.content[column];
    (type == CellType::Text     ? content.texts
     : type == CellType::Number ? content.numbers
     : type == CellType::Date   ? content.dates
                                : content.others) += 1;
  }

  void fix_layout() {
    fixed_ = true;
    const ListLayout layout = find_layout(sample_, 0, 1, no_header_);
    survey_.has_header = layout.has_header;
    survey_.header_row = static_cast<std::uint32_t>(layout.header_line);
    survey_.data_row = layout.has_header ? survey_.header_row + 1 : 1;
    survey_.warnings = layout.warnings;
    tables_ = layout.tables;
    seen_row_ = sample_.empty() ? 0 : static_cast<std::uint32_t>(sample_.back().line);
    for (std::size_t i = 0; i < sample_.size(); ++i) {
      if (sample_[i].line == survey_.header_row) survey_.columns = sample_[i].cells;
      if (sample_[i].line < survey_.data_row) continue;
      for (const auto& [column, type] : sample_types_[i]) count(column, type);
    }
  }

  /// Of several tables in the sheet, the one with contacts.
  void choose_table() {
    if (!tables_ || tables_->tables().size() < 2) return;
    const auto chosen = tables_->choice();
    std::vector<std::uint64_t> others;
    for (std::size_t i = 0; i < tables_->tables().size(); ++i) {
      if (!chosen || i != *chosen) others.push_back(tables_->tables()[i].header_line);
    }
    if (!chosen) {
      survey_.rival_tables = std::move(others);
      return;
    }
    const FoundTable& table = tables_->tables()[*chosen];
    survey_.has_header = true;
    survey_.header_row = static_cast<std::uint32_t>(table.header_line);
    survey_.data_row = survey_.header_row + 1;
    table_rows_ = table.rows;
    survey_.columns = table.header;
    survey_.columns.resize(survey_.width);
    if (*chosen + 1 < tables_->tables().size())
      survey_.end_row = static_cast<std::uint32_t>(tables_->tables()[*chosen + 1].first_line);
    survey_.warnings.push_back(say_tables(table.header_line, others));
  }

  void finish() {
    choose_table();
    std::deque<TailRow> tail;
    for (std::uint64_t i = rows_ - std::min<std::uint64_t>(rows_, kTailRows); i < rows_; ++i) {
      const SheetRow& row = last_rows_[i % kTailRows];
      tail.push_back({row.number, cells_of(row)});
    }
    if (!no_header_) survey_.footer_row = find_footer_row(tail, survey_.data_row, survey_.end_row, survey_.width);
    if (survey_.footer_row == 0 && survey_.end_row != SheetSurvey::kNoEnd) survey_.footer_row = survey_.end_row;
    std::uint64_t outside = 0;
    for (const auto& looked : sample_) outside += looked.line < survey_.data_row ? 1 : 0;
    for (const auto& last : tail) outside += survey_.footer_row != 0 && last.number >= survey_.footer_row ? 1 : 0;
    survey_.rows = table_rows_.value_or(rows_ - std::min(rows_, outside));
    survey_.likeness = likeness_of(sample_, survey_);
    for (std::uint32_t column = 0; column < hidden_columns_.size(); ++column) {
      if (hidden_columns_[column]) survey_.hidden_columns.push_back(column);
    }
    for (const auto& area : reader_.merged()) {
      const bool in_table = area.last_row >= survey_.data_row && area.first_row <= survey_.last_row &&
                            (survey_.footer_row == 0 || area.first_row < survey_.footer_row);
      if (in_table) survey_.merged.push_back(area);
    }
  }

  SheetReader& reader_;
  bool no_header_;
  SheetSurvey survey_;
  std::array<SheetRow, kTailRows> last_rows_;  ///< used in turn
  std::uint64_t rows_ = 0;
  /// The first rows, until the header is known: decoded, and what their cells are.
  std::vector<SampleRow> sample_;
  std::vector<std::vector<std::pair<std::uint32_t, CellType>>> sample_types_;
  std::vector<bool> hidden_columns_;
  std::optional<TableFinder> tables_;
  std::optional<std::uint64_t> table_rows_;  ///< of the table that is read, where there are several
  std::uint32_t seen_row_ = 0;  ///< by tables_
  std::vector<std::string_view> views_;
  bool fixed_ = false;
};

}  // namespace

Result<SheetSurvey> survey_sheet(SheetReader& reader, bool no_header) { return Surveyor(reader, no_header).run(); }

}  // namespace switchboard::input
