#include "core/input/workbook/workbook_rejects.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "core/base/display_text.h"
#include "core/base/output_file.h"
#include "core/base/own_columns.h"
#include "core/input/workbook/number_format.h"

namespace switchboard::input {
namespace {

/// Excel's limits: characters of a cell, digits that a number keeps.
constexpr std::size_t kMostCharacters = 32'767;
constexpr std::size_t kMostNote = 2'000;
constexpr lxw_color_t kFaulty = 0xFFD7D7;  // a light red
constexpr const char *kDate = "yyyy-mm-dd", *kMoment = "yyyy-mm-dd hh:mm:ss", *kClock = "[h]:mm:ss";

Error cannot_write() { return {ErrorKind::Storage, "The rejects file cannot be written: the workbook could not be made.", "Look whether the disk for temporary files is full."}; }

/// Which of the note's columns is meant, from 0; as many as there are: none. Of several, the one that the note names, else the first
/// with something in it.
std::size_t column_of(const RejectNote& note, const std::vector<std::string>& columns, const SheetRow& row) {
  const auto is_filled = [&](std::size_t column) {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](const SheetCell& cell) { return cell.column == column; });
  };
  std::size_t filled = columns.size(), any = columns.size();
  for (const std::string& name : note.columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] != name) continue;
      if (name == note.column) return i;
      if (any == columns.size()) any = i;
      if (filled == columns.size() && is_filled(i)) filled = i;
    }
  }
  return filled == columns.size() ? any : filled;
}

class WorkbookRejects final : public RejectsWriter {
 public:
  WorkbookRejects(std::unique_ptr<OutputFile> file, const SourceInfo& info, OpenSheet sheet, std::unique_ptr<RecordReader> records)
      : file_(std::move(file)), info_(info), source_(std::move(sheet)), records_(std::move(records)) {
    for (const auto& column : info_.columns) is_old_.push_back(is_reject_column(column));
  }
  ~WorkbookRejects() override {
    if (workbook_ != nullptr) ::workbook_close(workbook_);
    if (!made_.empty()) ::unlink(made_.c_str());
  }

  Result<void> add(const RejectNote& note) override {
    if (auto found = advance_to(note.row, *records_, record_, info_.name); !found) return found;
    while (row_.number < record_.line) {
      auto more = source_.rows->next(row_);
      if (!more) return more.error();
      if (!*more) return Error{ErrorKind::Drift, info_.name + " became shorter during the run.", ""};
    }
    if (workbook_ == nullptr) {
      if (auto begun = begin(); !begun) return begun;
    }
    write_row(note);
    return {};
  }

  Result<void> finish() override {
    auto file = std::move(file_);
    if (workbook_ == nullptr) return {};
    const lxw_error closed = ::workbook_close(std::exchange(workbook_, nullptr));
    if (closed != LXW_NO_ERROR) return cannot_write();
    std::ifstream made(made_, std::ios::binary);
    std::string block(std::size_t{256} << 10, '\0');
    while (made.read(block.data(), static_cast<std::streamsize>(block.size())) || made.gcount() > 0) {
      if (auto written = file->write({block.data(), static_cast<std::size_t>(made.gcount())}); !written) return written;
    }
    if (!made.eof()) return cannot_write();
    return file->commit();
  }

 private:
  Result<void> begin() {
    // The library writes to a path of its own choice of means; nobody else may read what it makes there.
    std::error_code none;
    made_ = (std::filesystem::temp_directory_path(none) / "switchboard-rejects-XXXXXX").string();
    const int descriptor = ::mkstemp(made_.data());
    if (descriptor < 0) {
      made_.clear();
      return cannot_write();
    }
    ::close(descriptor);
    lxw_workbook_options options{};
    options.constant_memory = 1;  // rows come in order and go to a temporary file at once
    workbook_ = ::workbook_new_opt(made_.c_str(), &options);
    if (workbook_ == nullptr) return cannot_write();
    const auto chosen = std::find_if(info_.sheets.begin(), info_.sheets.end(), [](const SheetInfo& sheet) { return sheet.chosen; });
    const char* name = chosen != info_.sheets.end() && ::workbook_validate_sheet_name(workbook_, chosen->name.c_str()) == LXW_NO_ERROR
                           ? chosen->name.c_str()
                           : nullptr;
    sheet_ = ::workbook_add_worksheet(workbook_, name);
    if (sheet_ == nullptr) return cannot_write();
    const auto format = [&](const char* number, bool faulty) {
      lxw_format* made = ::workbook_add_format(workbook_);
      if (number != nullptr) ::format_set_num_format(made, number);
      if (faulty) ::format_set_bg_color(made, kFaulty);
      return made;
    };
    date_ = format(kDate, false);
    moment_ = format(kMoment, false);
    clock_ = format(kClock, false);
    faulty_clock_ = format(kClock, true);
    faulty_ = format(nullptr, true);
    faulty_date_ = format(kDate, true);
    faulty_moment_ = format(kMoment, true);
    bold_ = format(nullptr, false);
    ::format_set_bold(bold_);
    if (info_.lines.header == 0) return {};
    ::worksheet_freeze_panes(sheet_, 1, 0);
    lxw_col_t at = 0;
    for (std::size_t i = 0; i < info_.columns.size(); ++i) {
      if (!is_old_[i]) ::worksheet_write_string(sheet_, 0, at++, fitting(info_.columns[i]).c_str(), bold_);
    }
    for (const std::string_view column : kRejectColumns) ::worksheet_write_string(sheet_, 0, at++, column.data(), bold_);
    next_ = 1;
    return {};
  }

  static std::string fitting(const std::string& text) { return clipped(text, kMostCharacters); }

  void write_row(const RejectNote& note) {
    const std::size_t faulty = column_of(note, info_.columns, row_);
    auto cell = row_.cells.begin();
    lxw_col_t at = 0;
    std::string_view before;
    for (std::size_t i = 0; i < info_.columns.size(); ++i) {
      while (cell != row_.cells.end() && cell->column < i) ++cell;
      const bool there = cell != row_.cells.end() && cell->column == i;
      if (is_old_[i]) {
        if (there && info_.columns[i] == kRejectColumns[0]) before = cell->text;
        continue;
      }
      if (there) write_cell(at, *cell, i == faulty);
      else if (i == faulty) ::worksheet_write_blank(sheet_, next_, at, faulty_);
      if (i == faulty) ::worksheet_write_comment(sheet_, next_, at, clipped(note.code + ": " + note.message, kMostNote).c_str());
      ++at;
    }
    const std::string row = row_text(note, before);
    if (row.find('/') == std::string::npos) ::worksheet_write_number(sheet_, next_, at++, static_cast<double>(note.row), nullptr);
    else ::worksheet_write_string(sheet_, next_, at++, row.c_str(), nullptr);
    // Written as text, so that nothing in them is a formula.
    for (const auto& text : {note.code, note.field, note.message}) ::worksheet_write_string(sheet_, next_, at++, fitting(one_line(text)).c_str(), nullptr);
    ++next_;
  }

  void write_cell(lxw_col_t at, const SheetCell& cell, bool faulty) {
    lxw_format* plain = faulty ? faulty_ : nullptr;
    const std::string& text = cell.text;
    if (cell.type == CellType::Number && text.size() <= kSureDigits) {
      char* end = nullptr;
      const double value = std::strtod(text.c_str(), &end);
      if (end == text.c_str() + text.size()) {
        ::worksheet_write_number(sheet_, next_, at, value, plain);
        return;
      }
    }
    if (cell.type == CellType::Boolean) {
      ::worksheet_write_boolean(sheet_, next_, at, text == "TRUE" ? 1 : 0, plain);
      return;
    }
    lxw_datetime date{};
    int seconds = 0;
    const int parts = cell.type != CellType::Date ? 0
                                                  : std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d", &date.year, &date.month, &date.day,
                                                                &date.hour, &date.min, &seconds);
    date.sec = seconds;
    if (parts == 3 || parts == 6) {
      ::worksheet_write_datetime(sheet_, next_, at, &date, parts == 3 ? (faulty ? faulty_date_ : date_) : (faulty ? faulty_moment_ : moment_));
      return;
    }
    int hours = 0, minutes = 0, used = 0;
    if (cell.type == CellType::Date && std::sscanf(text.c_str(), "%d:%2d:%2d%n", &hours, &minutes, &seconds, &used) == 3 &&
        static_cast<std::size_t>(used) == text.size()) {
      constexpr double kSecondsADay = 86'400;
      ::worksheet_write_number(sheet_, next_, at, (hours * 3600.0 + minutes * 60 + seconds) / kSecondsADay, faulty ? faulty_clock_ : clock_);
      return;
    }
    ::worksheet_write_string(sheet_, next_, at, fitting(text).c_str(), plain);
  }

  std::unique_ptr<OutputFile> file_;
  const SourceInfo& info_;
  OpenSheet source_;
  std::unique_ptr<RecordReader> records_;
  std::vector<bool> is_old_;
  Record record_;
  SheetRow row_;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *date_ = nullptr, *moment_ = nullptr, *faulty_ = nullptr, *clock_ = nullptr, *faulty_clock_ = nullptr, *faulty_date_ = nullptr, *faulty_moment_ = nullptr, *bold_ = nullptr;
  lxw_row_t next_ = 0;
  std::string made_;  ///< where the library makes the file
};

}  // namespace

Result<std::unique_ptr<RejectsWriter>> create_workbook_rejects(const std::string& path, const SourceInfo& info,
                                                               OpenSheet sheet, std::unique_ptr<RecordReader> records) {
  auto file = OutputFile::create(path, info.path);
  if (!file) return file.error();
  return std::unique_ptr<RejectsWriter>(
      std::make_unique<WorkbookRejects>(std::move(*file), info, std::move(sheet), std::move(records)));
}

}  // namespace switchboard::input
