#include "core/input/ods/ods_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "core/input/ods/ods_cell.h"
#include "core/input/workbook/xml_events.h"

namespace switchboard::input {
namespace {

bool is_hidden(const XmlAttributes& attributes) {
  const auto visibility = attributes.get("visibility");
  return visibility == "collapse" || visibility == "filter";
}

/// A row that stands once or many times.
struct RepeatedRow {
  SheetRow row;
  std::uint32_t times = 1;
};

class OdsSheetReader final : public SheetReader, private XmlHandler {
 public:
  OdsSheetReader(std::unique_ptr<ZipEntry> document, CopyLimit copies, std::size_t sheet, std::string what)
      : copies_(std::move(copies)), sheet_(sheet), what_(std::move(what)), part_(std::move(document), *this, what_) {}

  Result<bool> next(SheetRow& row) override {
    for (;;) {
      if (!rows_.empty()) {
        RepeatedRow& first = rows_.front();
        if (first.times == 1) {
          std::swap(row, first.row);
          rows_.pop_front();
          return true;
        }
        if (auto fine = copies_.count(bytes_of(first.row)); !fine) return fine.error();
        row = first.row;
        ++first.row.number;
        --first.times;
        return true;
      }
      if (too_much_) return *too_much_;
      if (!trouble_.empty())
        return Error{ErrorKind::Input, fmt::format("{} is damaged: {}", what_, trouble_),
                     "Open the spreadsheet in a spreadsheet program, save it anew, then try again."};
      if (closed_) return false;
      auto more = part_.step();
      if (!more) return more.error();
      if (!*more && !closed_ && trouble_.empty()) trouble_ = "its end is missing";
    }
  }

  std::uint64_t bytes_read() const override { return part_.bytes_read(); }
  const std::vector<MergedArea>& merged() const override { return merged_; }

 private:
  static std::uint64_t bytes_of(const SheetRow& row) {
    std::uint64_t bytes = 0;
    for (const auto& cell : row.cells) bytes += sizeof cell + cell.text.size();
    return bytes;
  }

  bool broken() const { return !trouble_.empty() || too_much_; }
  void give_up(std::string why) {
    if (trouble_.empty()) trouble_ = std::move(why);
  }

  void begin(std::string_view element, const XmlAttributes& attributes) override {
    if (!in_sheet_) {
      if (element == "table" && depth_ == 0) {
        in_sheet_ = !closed_ && tables_++ == sheet_;
        depth_ = 1;
      } else if (depth_ > 0 || is_aside(element)) {
        ++depth_;
      }
      return;
    }
    ++depth_;
    if (in_cell_) return cell_.begin_inside(element, attributes);
    if (aside_ > 0 || is_aside(element)) {
      ++aside_;
      return;
    }
    if (element == "table-cell" || element == "covered-table-cell") return begin_cell(attributes);
    if (element == "table-row") return begin_row(attributes);
    if (element == "table-column") begin_column(attributes);
    if (element == "table" || element == "sub-table") ++aside_;
  }

  void end(std::string_view element) override {
    if (depth_ > 0) --depth_;
    if (!in_sheet_) return;
    if (depth_ == 0) {
      in_sheet_ = false;
      closed_ = true;
      return;
    }
    if (in_cell_ && depth_ >= cell_depth_) return cell_.end_inside();
    if (aside_ > 0) {
      --aside_;
      return;
    }
    if (in_cell_) return end_cell();
    if (element == "table-row") end_row();
  }

  void text(std::string_view piece) override {
    if (in_cell_) cell_.text(piece);
  }

  /// Tables that are no sheets: of changes that were undone, of drawings, of other documents.
  static bool is_aside(std::string_view element) {
    return element == "tracked-changes" || element == "shapes" || element == "dde-link" || element == "dde-links" || element == "forms" ||
           element == "table-source" || element == "named-expressions";
  }

  void begin_column(const XmlAttributes& attributes) {
    const std::uint32_t times = std::clamp(whole_number(attributes.get("number-columns-repeated"), 1), 1U, kMostColumns);
    if (is_hidden(attributes) && column_ < kMostColumns) {
      hidden_.resize(kMostColumns);
      std::fill_n(hidden_.begin() + column_, std::min(times, kMostColumns - column_), true);
    }
    column_ = std::min(column_ + times, kMostColumns);
  }

  void begin_row(const XmlAttributes& attributes) {
    current_ = {};
    current_.row.number = row_number_ + 1;
    current_.row.hidden = is_hidden(attributes);
    current_.times = std::max(whole_number(attributes.get("number-rows-repeated"), 1), 1U);
    column_ = 0;
    row_bytes_ = 0;
    in_row_ = true;
  }

  void end_row() {
    if (!in_row_) return;
    in_row_ = false;
    // Programs fill a sheet up to its last row with empty ones, and count on beyond it.
    const std::uint64_t last = std::uint64_t{row_number_} + current_.times;
    row_number_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(last, kMostRows));
    if (current_.row.cells.empty() || broken()) return;
    if (last > kMostRows) return give_up(fmt::format("it has more than {} rows", kMostRows));
    rows_.push_back(std::move(current_));
  }

  void begin_cell(const XmlAttributes& attributes) {
    cell_.begin(attributes);
    in_cell_ = true;
    cell_depth_ = depth_;
    times_ = std::max(whole_number(attributes.get("number-columns-repeated"), 1), 1U);
    const std::uint32_t columns = whole_number(attributes.get("number-columns-spanned"), 1), rows = whole_number(attributes.get("number-rows-spanned"), 1);
    if ((columns > 1 || rows > 1) && columns > 0 && rows > 0 && merged_.size() < kMostMerged)
      merged_.push_back({row_number_ + 1, row_number_ + std::min(rows, kMostRows), column_, column_ + std::min(columns, kMostColumns) - 1});
  }

  void end_cell() {
    in_cell_ = false;
    const std::uint32_t first = column_;
    column_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{column_} + times_, kMostColumns + 1));
    if (!in_row_ || broken()) return;
    if (cell_.too_long()) return give_up(fmt::format("a cell of row {} holds more than {} MiB of text", row_number_ + 1, kLongestCell >> 20));
    SheetCell cell = cell_.finish();
    if (cell.text.empty()) return;
    if (column_ > kMostColumns) return give_up(fmt::format("a cell of row {} stands beyond its {} columns", row_number_ + 1, kMostColumns));
    row_bytes_ += std::uint64_t{times_} * cell.text.size();
    if (row_bytes_ > kLongestRow) return give_up(fmt::format("row {} holds more than {} MiB of text", row_number_ + 1, kLongestRow >> 20));
    if (times_ > 1) {
      if (auto fine = copies_.count(std::uint64_t{times_} * (sizeof cell + cell.text.size())); !fine) {
        too_much_ = fine.error();
        return;
      }
    }
    for (std::uint32_t column = first; column < column_; ++column) {
      cell.column = column;
      cell.hidden = !hidden_.empty() && hidden_[column];
      current_.row.cells.push_back(cell);
    }
  }

  CopyLimit copies_;
  std::size_t sheet_;
  std::string what_;
  std::deque<RepeatedRow> rows_;  ///< read and not yet taken
  RepeatedRow current_;
  OdsCell cell_;
  std::size_t tables_ = 0;
  /// Of elements: outside of the sheet, within what is passed over; in the sheet, from its own tag on.
  std::size_t depth_ = 0, cell_depth_ = 0, aside_ = 0;
  std::uint32_t row_number_ = 0, column_ = 0, times_ = 1;
  std::uint64_t row_bytes_ = 0;  ///< text of the current row
  bool in_sheet_ = false, in_row_ = false, in_cell_ = false, closed_ = false;
  std::vector<bool> hidden_;  ///< by column; empty: none is
  std::vector<MergedArea> merged_;
  std::string trouble_;
  std::optional<Error> too_much_;
  XmlPart part_;              ///< last: it calls the handler above
};

}  // namespace

std::unique_ptr<SheetReader> read_ods_sheet(std::unique_ptr<ZipEntry> document, CopyLimit copies, std::size_t sheet, std::string what) {
  return std::make_unique<OdsSheetReader>(std::move(document), std::move(copies), sheet, std::move(what));
}

}  // namespace switchboard::input
