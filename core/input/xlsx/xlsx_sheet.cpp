#include <fmt/format.h>

#include <charconv>
#include <deque>
#include <utility>

#include "core/input/workbook/xml_events.h"
#include "core/input/xlsx/xlsx_book.h"

namespace switchboard::input {
namespace {

/// Text of one cell that is kept; what is longer cannot be a contact's (Excel itself ends at 32,767 characters).
constexpr std::size_t kLongestCell = std::size_t{1} << 20;

unsigned number(std::string_view text, unsigned otherwise) {
  unsigned value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "BC12" → column 54; kMostColumns: it is no reference, or lies outside of every sheet.
std::uint32_t column_of(std::string_view reference) {
  std::uint32_t column = 0;
  for (const char c : reference) {
    if (c == '$') continue;
    const char letter = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + static_cast<std::uint32_t>(letter - 'A') + 1;
    if (column > kMostColumns) return kMostColumns;
  }
  return column == 0 ? kMostColumns : column - 1;
}

class XlsxSheetReader final : public SheetReader, private XmlHandler {
 public:
  XlsxSheetReader(std::unique_ptr<ZipEntry> entry, const XlsxBook& book, std::string what)
      : book_(book), what_(std::move(what)), part_(std::move(entry), *this, what_) {}

  Result<bool> next(SheetRow& row) override {
    for (;;) {
      if (taken_ < ready_) {
        std::swap(row, rows_[taken_++]);
        return true;
      }
      if (ended_) {
        if (!trouble_.empty()) return damaged(trouble_);
        if (!closed_) return damaged("its end is missing");
        return false;
      }
      taken_ = ready_ = 0;
      if (current_ != nullptr) {  // a row that the next piece goes on with
        std::swap(rows_.front(), *current_);
        current_ = &rows_.front();
      }
      auto more = part_.step();
      if (!more) return more.error();
      ended_ = !*more || !trouble_.empty();
    }
  }

  std::uint64_t bytes_read() const override { return part_.bytes_read(); }

 private:
  Error damaged(const std::string& why) const {
    return {ErrorKind::Input, fmt::format("{} is damaged: {}", what_, why),
            "Open the workbook in a spreadsheet program, save it anew, then try again."};
  }

  void begin(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "c") return begin_cell(attributes);
    if (element == "v" || element == "t") {
      in_text_ = in_cell_ && phonetic_ == 0;
      return;
    }
    if (element == "row") return begin_row(attributes);
    if (element == "is" || element == "f" || element == "r") return;
    if (element == "rPh") ++phonetic_;
    if (element == "col") {
      const unsigned first = number(attributes.get("min"), 0), last = number(attributes.get("max"), 0);
      if (attributes.on("hidden") && first > 0 && last >= first && hidden_.size() < kMostColumns) hidden_.emplace_back(first - 1, last - 1);
    }
  }

  void end(std::string_view element) override {
    if (element == "c") return end_cell();
    if (element == "v" || element == "t") {
      in_text_ = false;
      return;
    }
    if (element == "row") return end_row();
    if (element == "rPh") --phonetic_;
    if (element == "worksheet") closed_ = true;
  }

  void text(std::string_view piece) override {
    if (in_text_ && value_.size() < kLongestCell) value_ += piece.substr(0, kLongestCell - value_.size());
  }

  void begin_row(const XmlAttributes& attributes) {
    const std::uint32_t given = number(attributes.get("r"), row_number_ + 1);
    // A row that goes back would stand twice: it is taken for the next one.
    row_number_ = given > row_number_ ? given : row_number_ + 1;
    if (row_number_ > kMostRows && trouble_.empty()) trouble_ = fmt::format("it has more than {} rows", kMostRows);
    if (rows_.size() == ready_) rows_.emplace_back();
    current_ = &rows_[ready_];
    current_->number = row_number_;
    current_->hidden = attributes.on("hidden");
    used_ = 0;
    next_column_ = 0;
  }

  void end_row() {
    if (current_ == nullptr) return;
    current_->cells.resize(used_);
    if (used_ > 0 && trouble_.empty()) ++ready_;
    current_ = nullptr;
  }

  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    value_.clear();
    type_ = attributes.get("t");
    style_ = number(attributes.get("s"), 0);
    const auto reference = attributes.get("r");
    column_ = reference.empty() ? next_column_ : column_of(reference);
    next_column_ = column_ + 1;
  }

  void end_cell() {
    in_cell_ = false;
    if (current_ == nullptr || column_ >= kMostColumns) return;
    if (value_.empty() && type_ != "s") return;
    SheetCell cell;
    cell.column = column_;
    if (!fill(cell) || cell.text.empty()) return;
    for (const auto& [first, last] : hidden_) cell.hidden = cell.hidden || (column_ >= first && column_ <= last);
    // Cells out of order, or one that stands twice: the last one counts, each in its place.
    auto& cells = current_->cells;
    std::size_t at = used_;
    while (at > 0 && cells[at - 1].column > column_) --at;
    if (at > 0 && cells[at - 1].column == column_) {
      cells[at - 1] = std::move(cell);
      return;
    }
    if (used_ < cells.size() && at == used_) {
      cells[used_++] = std::move(cell);
      return;
    }
    cells.resize(used_);
    cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(at), std::move(cell));
    ++used_;
  }

  /// False: nothing is in it.
  bool fill(SheetCell& cell) {
    if (type_ == "s") {
      std::size_t index = 0;
      const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (value_.empty()) return false;
      if (read.ec != std::errc() || index >= book_.strings.size()) {
        if (trouble_.empty()) trouble_ = fmt::format("a cell of row {} refers to a text that is not there", row_number_);
        return false;
      }
      cell.text = book_.strings.at(index);
      return true;
    }
    if (type_ == "inlineStr" || type_ == "str") {
      cell.text = value_.find("_x") == std::string::npos ? value_ : undo_x_escapes(value_);
      return true;
    }
    if (type_ == "b") {
      cell.type = CellType::Boolean;
      cell.text = value_ == "1" || value_ == "true" ? "TRUE" : "FALSE";
      return true;
    }
    if (type_ == "e") {
      cell.type = CellType::Error;
      cell.text = value_;
      return true;
    }
    if (type_ == "d") {
      cell.type = CellType::Date;
      cell.text = value_;
      if (cell.text.ends_with("Z")) cell.text.pop_back();
      if (const std::size_t dot = cell.text.find('.'); dot != std::string::npos) cell.text.erase(dot);
      if (cell.text.ends_with("T00:00:00")) cell.text.erase(cell.text.size() - 9);
      return true;
    }
    const NumberKind kind = style_ < book_.styles.size() ? book_.styles[style_] : NumberKind::Plain;
    double serial = 0;
    const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), serial);
    if (kind != NumberKind::Plain && read.ec == std::errc() && read.ptr == value_.data() + value_.size()) {
      cell.type = CellType::Date;
      cell.text = date_text(serial, kind, book_.base_1904);
    } else {
      cell.type = CellType::Number;
      cell.text = number_text(std::string_view(value_));
    }
    return true;
  }

  const XlsxBook& book_;
  std::string what_;
  std::deque<SheetRow> rows_;  ///< those of the last piece, kept to be used again
  std::size_t ready_ = 0, taken_ = 0;
  SheetRow* current_ = nullptr;
  std::size_t used_ = 0;       ///< cells of the current row
  std::uint32_t row_number_ = 0;
  std::uint32_t column_ = 0, next_column_ = 0;
  std::string type_, value_;
  unsigned style_ = 0;
  int phonetic_ = 0;
  bool in_cell_ = false, in_text_ = false, closed_ = false, ended_ = false;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hidden_;
  std::string trouble_;
  XmlPart part_;               ///< last: it calls the handler above
};

}  // namespace

Result<std::unique_ptr<SheetReader>> read_xlsx_sheet(ZipPackage& package, const XlsxBook& book, const XlsxBook::Sheet& sheet) {
  const int entry = package.find(sheet.part);
  if (entry < 0)
    return Error{ErrorKind::Input, fmt::format("{}: the sheet \"{}\" is listed but not in the file", package.name(), sheet.name),
                 "The file is damaged; take it from its source again."};
  auto file = package.read(entry);
  if (!file) return file.error();
  return std::unique_ptr<SheetReader>(
      std::make_unique<XlsxSheetReader>(std::move(*file), book, fmt::format("{}: the sheet \"{}\"", package.name(), sheet.name)));
}

}  // namespace switchboard::input
