#include "core/input/workbook/workbook_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/own_columns.h"
#include "core/input/table/cell_kind.h"
#include "core/input/table/table_finder.h"
#include "core/input/workbook/sheet_cache.h"
#include "core/input/workbook/sheet_survey.h"
#include "core/input/workbook/workbook_rejects.h"

namespace switchboard::input {
namespace {

/// How the chosen sheet is read.
struct SheetPlan {
  OpenWorkbook open;
  std::shared_ptr<const SheetCache> cache;  ///< its rows; shared by readers and source; none: there are too many
  std::size_t tab = 0;
  std::uint32_t width = 0, header_row = 0, data_row = 1, footer_row = 0, last_row = 0;
};

Result<OpenSheet> open_sheet(const SheetPlan& plan) {
  if (plan.cache != nullptr) return OpenSheet{nullptr, plan.cache->read()};
  auto book = plan.open();
  if (!book) return book.error();
  auto rows = (*book)->read(plan.tab);
  if (!rows) return rows.error();
  return OpenSheet{std::move(*book), std::move(*rows)};
}

class WorkbookReader final : public RecordReader {
 public:
  WorkbookReader(const SheetPlan& plan, OpenSheet sheet) : plan_(plan), sheet_(std::move(sheet)) {
    lines_.preamble = plan.header_row > 0 ? plan.header_row - 1 : 0;
    lines_.header = plan.header_row > 0 ? 1 : 0;
    lines_.total = plan.data_row - 1;
  }

  Result<bool> next(Record& record) override {
    for (;;) {
      auto more = sheet_.rows->next(row_);
      if (!more) return more.error();
      if (!*more) {
        // Rows without a cell are not in the file: they are what the numbers leave out.
        lines_.blank = lines_.total - lines_.preamble - lines_.header - lines_.other - lines_.records;
        return false;
      }
      if (row_.number < plan_.data_row) continue;
      lines_.total = row_.number;
      if (plan_.footer_row != 0 && row_.number >= plan_.footer_row) {
        ++lines_.other;
        continue;
      }
      if (std::all_of(row_.cells.begin(), row_.cells.end(), [](const SheetCell& cell) { return cell.text.find_first_not_of(" \t\r\n") == std::string::npos; }))
        continue;
      ++lines_.records;
      record.row = lines_.records;
      record.line = row_.number;
      record.byte_begin = record.byte_end = 0;
      record.issue = nullptr;
      record.cells.assign(plan_.width, std::string_view());
      for (const auto& cell : row_.cells) {
        if (cell.column < plan_.width) record.cells[cell.column] = cell.text;
      }
      return true;
    }
  }
  const LineCounts& lines() const override { return lines_; }
  std::uint64_t bytes_read() const override { return sheet_.rows->bytes_read(); }

 private:
  const SheetPlan& plan_;
  OpenSheet sheet_;
  SheetRow row_;
  LineCounts lines_;
};

class WorkbookSource final : public FileSource {
 public:
  WorkbookSource(OpenBytes file, SourceInfo info, SheetPlan plan) : FileSource(std::move(file), std::move(info)), plan_(std::move(plan)) {}

  Result<std::unique_ptr<RecordReader>> read() const override {
    auto sheet = open_sheet(plan_);
    if (!sheet) return sheet.error();
    return std::unique_ptr<RecordReader>(std::make_unique<WorkbookReader>(plan_, std::move(*sheet)));
  }

  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override {
    auto sheet = open_sheet(plan_);
    if (!sheet) return sheet.error();
    auto records = read();
    if (!records) return records.error();
    return create_workbook_rejects(path, info(), std::move(*sheet), std::move(*records));
  }

 private:
  SheetPlan plan_;
};

std::string list_of(const std::vector<Workbook::Tab>& tabs) {
  std::string list;
  for (std::size_t i = 0; i < tabs.size(); ++i) list += fmt::format("{}{}: {}", i == 0 ? "" : "; ", i + 1, tabs[i].name);
  return list;
}

Result<std::size_t> find_tab(const std::vector<Workbook::Tab>& tabs, const std::string& wish, const std::string& name) {
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    if (tabs[i].name == wish) return i;
  }
  std::size_t number = 0;
  const auto read = std::from_chars(wish.data(), wish.data() + wish.size(), number);
  if (read.ec == std::errc() && read.ptr == wish.data() + wish.size() && number >= 1 && number <= tabs.size()) return number - 1;
  return Error{ErrorKind::Usage, fmt::format("--sheet {}: {} has no such sheet", wish, name), fmt::format("Its sheets are {}.", list_of(tabs))};
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t n = column + 1; n > 0; n = (n - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  return letters;
}

void say_hidden(const SheetSurvey& survey, std::vector<std::string>& warnings) {
  if (survey.hidden_rows > 0)
    warnings.push_back(fmt::format("{} {} hidden in the workbook (a filter, perhaps) and {} read all the same", survey.hidden_rows,
                                   survey.hidden_rows == 1 ? "row is" : "rows are", survey.hidden_rows == 1 ? "is" : "are"));
  if (survey.hidden_columns.empty()) return;
  const auto& columns = survey.hidden_columns;
  std::string list;
  for (std::size_t i = 0; i < std::min<std::size_t>(columns.size(), 10); ++i) list += (i == 0 ? "" : ", ") + column_letters(columns[i]);
  warnings.push_back(fmt::format("{} {} hidden in the workbook and {} read all the same: {}{}", columns.size(),
                                 columns.size() == 1 ? "column is" : "columns are", columns.size() == 1 ? "is" : "are", list,
                                 columns.size() > 10 ? " …" : ""));
}

void say_damage(const SheetSurvey& survey, const std::vector<std::string>& columns, std::vector<std::string>& warnings) {
  if (survey.restored > 0)
    warnings.push_back(fmt::format("{} typed as {} with + and -, and calculated by the spreadsheet program; read as typed",
                                   survey.restored == 1 ? "1 cell was" : fmt::format("{} cells were", survey.restored),
                                   survey.restored == 1 ? "a phone number" : "phone numbers"));
  for (std::size_t i = 0; i < survey.beyond.size(); ++i) {
    if (survey.beyond[i] > 0)
      warnings.push_back(fmt::format("column \"{}\": {} {} more than 15 digits, of which spreadsheet programs keep 15; the last ones may be wrong "
                                     "(format such columns as text before they are filled)",
                                     columns[i], survey.beyond[i], survey.beyond[i] == 1 ? "number has" : "numbers have"));
  }
}

void say_merged(const SheetSurvey& survey, std::vector<std::string>& warnings) {
  if (survey.merged.empty()) return;
  std::string list;
  for (std::size_t i = 0; i < std::min<std::size_t>(survey.merged.size(), 10); ++i) {
    const MergedArea& area = survey.merged[i];
    list += fmt::format("{}{}{}:{}{}", i == 0 ? "" : ", ", column_letters(area.first_column), area.first_row, column_letters(area.last_column), area.last_row);
  }
  warnings.push_back(fmt::format("cells are merged in the workbook, and the value counts for the first cell of each area only: {}{}", list,
                                 survey.merged.size() > 10 ? " …" : ""));
}

/// The names of the sheets that have something in them and are not read, in quotes.
std::string other_sheets(const std::vector<Workbook::Tab>& tabs, const std::vector<SheetSurvey>& surveys, std::size_t chosen) {
  constexpr std::size_t kMost = 10;
  std::string list;
  std::size_t told = 0;
  for (std::size_t i = 0; i < tabs.size() && told <= kMost; ++i) {
    if (i == chosen || surveys[i].last_row == 0) continue;
    list += told == kMost ? ", …" : fmt::format("{}\"{}\"", told == 0 ? "" : ", ", tabs[i].name);
    ++told;
  }
  return list;
}

}  // namespace

Result<std::unique_ptr<Source>> open_workbook_source(Opening opening, OpenWorkbook open) {
  SourceInfo& info = opening.info;
  auto book = open();
  if (!book) return book.error();
  const auto tabs = (*book)->tabs();
  for (std::string& warning : (*book)->warnings()) info.warnings.push_back(std::move(warning));
  std::optional<std::size_t> wished, chosen;
  std::shared_ptr<const SheetCache> cache;  // of the one that is chosen so far
  if (opening.options.sheet) {
    auto tab = find_tab(tabs, *opening.options.sheet, info.name);
    if (!tab) return tab.error();
    wished = *tab;
  }
  std::vector<SheetSurvey> surveys;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    auto rows = (*book)->read(i);
    if (!rows) return rows.error();
    KeepingReader kept(std::move(*rows));
    auto survey = survey_sheet(kept, opening.options.no_header);
    if (!survey) return survey.error();
    surveys.push_back(std::move(*survey));
    info.sheets.push_back({tabs[i].name, surveys.back().rows, false});
    // What looks most like contacts; what is shown before what is hidden; the longest; the first.
    const auto rank = [&](std::size_t s) {
      return std::tuple(surveys[s].last_row > 0, !tabs[s].hidden, surveys[s].likeness, surveys[s].rows);
    };
    const bool better = !wished && (!chosen || rank(i) > rank(*chosen));
    if (better) chosen = i;
    if (better || wished == i) cache = kept.take();
  }
  if (wished) chosen = wished;
  if (!chosen || (surveys[*chosen].last_row == 0 && !opening.options.sheet))
    return Error{ErrorKind::Input, fmt::format("{}: none of its sheets has anything in it", info.name), "Check the export that made it."};
  const SheetSurvey& survey = surveys[*chosen];
  if (!survey.rival_tables.empty()) {
    Error rivals = several_tables(fmt::format("{}, sheet \"{}\"", info.name, tabs[*chosen].name), survey.rival_tables);
    if (!opening.options.any_table) return rivals;
    info.warnings.push_back(say_rivals(rivals));
  }
  info.sheets[*chosen].chosen = true;
  const auto others = std::count_if(surveys.begin(), surveys.end(), [](const SheetSurvey& other) { return other.last_row > 0; }) - 1;
  if (others > 0 && !opening.options.sheet)
    info.warnings.push_back(fmt::format("the workbook has {} more {} ({}); \"{}\" is read (--sheet reads another)", others,
                                        others == 1 ? "sheet" : "sheets", other_sheets(tabs, surveys, *chosen), tabs[*chosen].name));
  info.warnings.insert(info.warnings.end(), survey.warnings.begin(), survey.warnings.end());
  say_hidden(survey, info.warnings);
  say_merged(survey, info.warnings);

  info.encoding = "UTF-8";
  info.columns = survey.columns;
  for (std::size_t i = 0; i < info.columns.size(); ++i) {
    if (is_blank(info.columns[i])) info.columns[i] = made_up_column(i);
    info.column_contents.push_back(survey.content[i].name());
  }
  say_damage(survey, info.columns, info.warnings);
  info.lines.preamble = survey.header_row > 0 ? survey.header_row - 1 : 0;
  info.lines.header = survey.has_header ? 1 : 0;
  SheetPlan plan{std::move(open), std::move(cache), *chosen, survey.width, survey.header_row, survey.data_row, survey.footer_row, survey.last_row};
  return std::unique_ptr<Source>(std::make_unique<WorkbookSource>(std::move(opening.file), std::move(info), std::move(plan)));
}

}  // namespace switchboard::input
