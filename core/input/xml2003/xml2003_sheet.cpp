#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <utility>

#include "core/input/workbook/sheet.h"
#include "core/input/workbook/xml_events.h"
#include "core/input/xml2003/store_part.h"
#include "core/input/xml2003/xml2003_book.h"

namespace switchboard::input {
namespace {

/// "2024-05-17T00:00:00.000" as the day it is; what lies before 1900 is a time of day.
std::string moment_text(std::string_view text) {
  text = text.substr(0, std::min(text.find('.'), text.size()));
  if (text.ends_with('Z')) text.remove_suffix(1);
  const std::size_t t = text.find('T');
  if (t == std::string_view::npos) return std::string(text);
  if (text.starts_with("1899-12-3")) return std::string(text.substr(t + 1));
  return std::string(text.substr(t) == "T00:00:00" ? text.substr(0, t) : text);
}

class Xml2003SheetReader final : public SheetReader, private XmlHandler {
 public:
  Xml2003SheetReader(ByteStore& store, const Xml2003Book& book, std::size_t sheet, const std::string& what)
      : book_(book), wanted_(sheet), what_(what), part_(std::make_unique<StorePart>(store), *this, what) {}

  Result<bool> next(SheetRow& row) override {
    for (;;) {
      if (!ready_.empty()) {
        std::swap(row, ready_.front());
        ready_.pop_front();
        return true;
      }
      if (!trouble_.empty())
        return Error{ErrorKind::Input, fmt::format("{} is damaged: {}", what_, trouble_), "Open the workbook in a spreadsheet program, save it anew, then try again."};
      if (ended_) return false;
      auto more = part_.step();
      if (!more) return more.error();
      ended_ = ended_ || !*more;
    }
  }
  std::uint64_t bytes_read() const override { return part_.bytes_read(); }

 private:
  void begin(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "Worksheet") {
      inside_ = sheets_++ == wanted_;
      return;
    }
    if (!inside_) return;
    if (element == "Row") return begin_row(attributes);
    if (element == "Cell") return begin_cell(attributes);
    if (element == "Data") {
      in_data_ = comment_ == 0;
      if (in_data_) type_ = attributes.get("Type");
    }
    if (element == "Comment") ++comment_;
    if (element == "Column") begin_column(attributes);
  }

  void end(std::string_view element) override {
    if (!inside_) return;
    if (element == "Data") in_data_ = false;
    if (element == "Comment") --comment_;
    if (element == "Cell") end_cell();
    if (element == "Row" && !row_.cells.empty()) ready_.push_back(std::exchange(row_, {}));
    if (element == "Worksheet") {
      inside_ = false;
      ended_ = true;
    }
  }

  void text(std::string_view piece) override {
    if (in_data_ && inside_ && value_.size() < kLongestCell) value_ += piece.substr(0, kLongestCell - value_.size());
  }

  void begin_column(const XmlAttributes& attributes) {
    const std::uint32_t first = whole_number(attributes.get("Index"), next_list_column_), last = first + std::min(whole_number(attributes.get("Span"), 0), kMostColumns);
    next_list_column_ = std::min(last, kMostColumns) + 1;
    if (attributes.on("Hidden") && first > 0 && first <= kMostColumns && hidden_.size() < kMostColumns) hidden_.emplace_back(first - 1, last - 1);
  }

  void begin_row(const XmlAttributes& attributes) {
    const std::uint32_t given = whole_number(attributes.get("Index"), next_row_);
    row_.number = std::max(given, next_row_);  // a row that goes back would stand twice
    row_.hidden = attributes.on("Hidden");
    row_.cells.clear();
    next_row_ = row_.number + 1 + std::min(whole_number(attributes.get("Span"), 0), kMostRows);
    next_column_ = 0;
    if (row_.number > kMostRows) fail(fmt::format("it has more than {} rows", kMostRows));
  }

  void begin_cell(const XmlAttributes& attributes) {
    const std::uint32_t given = whole_number(attributes.get("Index"), next_column_ + 1);
    column_ = std::max(given, next_column_ + 1) - 1;
    next_column_ = column_ + 1 + std::min(whole_number(attributes.get("MergeAcross"), 0), kMostColumns);
    if (column_ >= kMostColumns) fail(fmt::format("row {} has more than {} columns", row_.number, kMostColumns));
    value_.clear();
    type_.clear();
    style_ = attributes.get("StyleID");
  }

  void end_cell() {
    if (value_.empty() || !trouble_.empty()) return;
    SheetCell cell;
    cell.column = column_;
    fill(cell);
    cell.hidden = std::any_of(hidden_.begin(), hidden_.end(), [&](const auto& range) { return column_ >= range.first && column_ <= range.second; });
    row_.cells.push_back(std::move(cell));
  }

  void fill(SheetCell& cell) {
    cell.text = value_;
    if (type_ == "Boolean") {
      cell.type = CellType::Boolean;
      cell.text = value_ == "1" || value_ == "True" || value_ == "true" ? "TRUE" : "FALSE";
    } else if (type_ == "Error") {
      cell.type = CellType::Error;
    } else if (type_ == "DateTime") {
      cell.type = CellType::Date;
      cell.text = moment_text(value_);
    } else if (type_ == "Number") {
      const auto style = book_.styles.find(style_);
      double serial = 0;
      const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), serial);
      const bool is_date = style != book_.styles.end() && read.ec == std::errc() && read.ptr == value_.data() + value_.size();
      cell.type = is_date ? CellType::Date : CellType::Number;
      cell.text = is_date ? date_text(serial, style->second, book_.base_1904) : number_text(std::string_view(value_));
    }
  }

  void fail(std::string why) {
    if (trouble_.empty()) trouble_ = std::move(why);
  }

  const Xml2003Book& book_;
  std::size_t wanted_, sheets_ = 0;
  std::string what_;
  std::deque<SheetRow> ready_;  ///< those of the last piece
  SheetRow row_;
  std::uint32_t next_row_ = 1, next_column_ = 0, column_ = 0, next_list_column_ = 1;
  std::string type_, style_, value_, trouble_;
  int comment_ = 0;
  bool inside_ = false, in_data_ = false, ended_ = false;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hidden_;
  XmlPart part_;                ///< last: it calls the handler above
};

}  // namespace

Result<std::unique_ptr<SheetReader>> read_xml2003_sheet(ByteStore& store, const Xml2003Book& book, std::size_t sheet, const std::string& name) {
  return std::unique_ptr<SheetReader>(
      std::make_unique<Xml2003SheetReader>(store, book, sheet, fmt::format("{}: the sheet \"{}\"", name, book.sheets.at(sheet).name)));
}

}  // namespace switchboard::input
