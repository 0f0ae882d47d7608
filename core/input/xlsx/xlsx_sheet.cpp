#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <optional>
#include <utility>

#include "core/input/workbook/copy_limit.h"
#include "core/base/ascii.h"
#include "core/input/workbook/xml_events.h"
#include "core/input/xlsx/plain_elements.h"
#include "core/input/xlsx/xlsx_book.h"

namespace switchboard::input {
namespace {

/// "BC12" → column 54; kMostColumns: it lies outside of every sheet; nothing: it is no reference. `row` becomes 12.
std::optional<std::uint32_t> column_of(std::string_view reference, std::uint32_t* row = nullptr) {
  std::uint32_t column = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const char c = reference[i];
    if (c == '$') continue;
    const char letter = ascii_upper(c);
    if (letter < 'A' || letter > 'Z') {
      if (row != nullptr) *row = whole_number(reference.substr(i), 0);
      break;
    }
    column = std::min(column * 26 + static_cast<std::uint32_t>(letter - 'A') + 1, kMostColumns + 1);
  }
  if (column == 0) return std::nullopt;
  return column - 1;
}

/// "B2:C5".
std::optional<MergedArea> area_of(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  MergedArea area;
  const auto first = column_of(reference.substr(0, colon), &area.first_row), last = column_of(reference.substr(colon + 1), &area.last_row);
  if (!first || !last || area.first_row == 0 || area.last_row < area.first_row || *last < *first) return std::nullopt;
  area.first_column = *first;
  area.last_column = *last;
  return area;
}

/// Characters of a formula that is looked at.
constexpr std::size_t kLongestSum = 30;

/// "+1-415-555-2671" was typed as a phone number, and is stored as a formula whose value is -3640: no cell, no function, groups of
/// digits as in numbers that are dialled.
bool is_dialled_sum(std::string_view formula) {
  if (formula.size() > kLongestSum || !formula.starts_with('+')) return false;
  std::size_t digits = 0, groups = 0;
  char before = '+';
  for (const char c : formula.substr(1)) {
    const bool digit = is_digit(c);
    if (!digit && (c != '-' || before == '-' || before == '+')) return false;
    digits += digit ? 1 : 0;
    groups += digit && (before == '-' || before == '+') ? 1 : 0;
    before = c;
  }
  return groups >= 3 && digits >= 8 && digits <= 15 && before != '-';
}

/// How a cell's value is stored, which its "t" says.
enum class Stored : std::uint8_t { Number, Shared, Text, Boolean, Error, Date };

Stored stored_as(std::string_view type) {
  if (type.size() > 1) return type == "inlineStr" || type == "str" ? Stored::Text : Stored::Number;
  switch (type.empty() ? 'n' : type.front()) {
    case 's':
      return Stored::Shared;
    case 'b':
      return Stored::Boolean;
    case 'e':
      return Stored::Error;
    case 'd':
      return Stored::Date;
    default:
      return Stored::Number;
  }
}

/// A cell as it is given.
struct Given {
  std::uint32_t column = 0;
  unsigned style = 0;
  Stored stored = Stored::Number;
  std::string_view formula, value;
  std::size_t shared = kNone;  ///< which of the shared texts; kNone: it has no such number
  static constexpr std::size_t kNone = ~std::size_t{0};

  void find_shared() {
    shared = kNone;
    if (stored != Stored::Shared) return;
    std::size_t number = 0;
    if (std::from_chars(value.data(), value.data() + value.size(), number).ec == std::errc()) shared = number;
  }
};

class XlsxSheetReader final : public SheetReader, private XmlHandler {
 public:
  XlsxSheetReader(const ZipPackage& package, std::unique_ptr<ZipEntry> entry, const XlsxBook& book, std::string what)
      : copies_(package.name(), package.size()), book_(book), what_(std::move(what)), part_(std::move(entry), *this, what_) {}

  Result<bool> next(SheetRow& row) override {
    for (;;) {
      if (taken_ < ready_) {
        std::swap(row, rows_[taken_++]);
        return true;
      }
      if (ended_) {
        if (too_much_) return *too_much_;
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
      ended_ = !*more || broken();
    }
  }

  std::uint64_t bytes_read() const override { return part_.bytes_read(); }
  const std::vector<MergedArea>& merged() const override { return merged_; }

 private:
  Error damaged(const std::string& why) const {
    return {ErrorKind::Input, fmt::format("{} is damaged: {}", what_, why),
            "Open the workbook in a spreadsheet program, save it anew, then try again."};
  }

  void begin(std::string_view element, const XmlAttributes& attributes) override {
    // Nearly all have names of one letter, and comparing them with each of the others took longer than the rest.
    if (element.size() == 1) return begin_short(element.front(), attributes);
    if (element == "row") return begin_row(attributes);
    if (element == "is") {  // some programs write the text a second time as a value
      is_inline_ = in_cell_;
      value_.clear();
      return;
    }
    if (element == "rPh") ++phonetic_;
    if (element == "mergeCell" && merged_.size() < kMostMerged) {
      if (const auto area = area_of(attributes.get("ref"))) merged_.push_back(*area);
    }
    if (element == "col") {
      const unsigned first = whole_number(attributes.get("min"), 0), last = whole_number(attributes.get("max"), 0);
      if (!attributes.on("hidden") || first == 0 || hiding_++ >= kMostColumns) return;
      hidden_.resize(kMostColumns);
      for (unsigned column = first - 1; column < std::min(last, kMostColumns); ++column) hidden_[column] = true;
    }
  }

  void end(std::string_view element) override {
    if (element.size() == 1) return end_short(element.front());
    if (element == "row") return end_row();
    if (element == "rPh") --phonetic_;
    if (element == "worksheet") closed_ = true;
  }

  void begin_short(char element, const XmlAttributes& attributes) {
    if (element == 'c') return begin_cell(attributes);
    if (element == 'v' || element == 't') in_text_ = in_cell_ && phonetic_ == 0 && (element == 't' || !is_inline_);
    if (element == 'f') in_formula_ = in_cell_;
  }

  void end_short(char element) {
    if (element == 'c') return end_cell();
    if (element == 'v' || element == 't') in_text_ = false;
    if (element == 'f') in_formula_ = false;
  }

  void text(std::string_view piece) override {
    if (in_formula_ && formula_.size() <= kLongestSum) formula_ += piece;
    if (!in_text_) return;
    if (value_.size() + piece.size() > kLongestCell)
      give_up(fmt::format("a cell of row {} holds more than {} MiB of text", row_number_, kLongestCell >> 20));
    else
      value_ += piece;
  }

  std::size_t take(std::string_view ahead) override {
    if (current_ == nullptr || in_cell_ || in_text_ || phonetic_ != 0) return 0;
    const char *at = ahead.data(), *const end = at + ahead.size();
    std::size_t count = 0;
    do {
      // By a few: shared texts lie all over the memory, and are fetched while those before them are read and copied (a fifth of
      // the time that reading such a sheet took).
      count = 0;
      PlainCell plain;
      while (count < some_.size()) {
        const char* next = read_plain_cell(at, end, plain);
        if (next == nullptr) break;
        at = next;
        Given& given = some_[count++] = {plain.column, plain.style, stored_as(plain.type), plain.formula, plain.value};
        given.find_shared();
        if (given.shared < book_.strings.size()) book_.strings.fetch_place(given.shared);
      }
      for (std::size_t i = 0; i < count; ++i) {
        if (some_[i].shared < book_.strings.size()) book_.strings.fetch(some_[i].shared);
      }
      for (std::size_t i = 0; i < count; ++i) add_cell(some_[i]);
    } while (count == some_.size());
    if (at == ahead.data()) return 0;
    // As they were left if it had been told of the last cell.
    is_inline_ = in_formula_ = false;
    given_ = some_[count == 0 ? some_.size() - 1 : count - 1];
    formula_ = std::exchange(given_.formula, {});
    value_ = std::exchange(given_.value, {});
    next_column_ = given_.column + 1;
    return static_cast<std::size_t>(at - ahead.data());
  }

  bool broken() const { return !trouble_.empty() || too_much_; }

  void give_up(std::string why) {
    if (trouble_.empty()) trouble_ = std::move(why);
  }

  void begin_row(const XmlAttributes& attributes) {
    const std::uint32_t given = whole_number(attributes.get("r"), row_number_ + 1);
    // A row that goes back would stand twice: it is taken for the next one.
    row_number_ = given > row_number_ ? given : row_number_ + 1;
    if (row_number_ > kMostRows) give_up(fmt::format("it has more than {} rows", kMostRows));
    if (rows_.size() == ready_) rows_.emplace_back();
    current_ = &rows_[ready_];
    current_->number = row_number_;
    current_->hidden = attributes.on("hidden");
    used_ = 0;
    row_bytes_ = 0;
    next_column_ = 0;
  }

  void end_row() {
    if (current_ == nullptr) return;
    current_->cells.resize(used_);
    if (used_ > 0 && !broken()) ++ready_;
    current_ = nullptr;
  }

  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    is_inline_ = in_formula_ = false;
    formula_.clear();
    value_.clear();
    given_.stored = stored_as(attributes.get("t"));
    given_.style = whole_number(attributes.get("s"), 0);
    given_.column = column_of(attributes.get("r")).value_or(next_column_);
    next_column_ = given_.column + 1;
  }

  void end_cell() {
    in_cell_ = false;
    if (current_ == nullptr) return;
    given_.formula = formula_;
    given_.value = value_;
    given_.find_shared();
    add_cell(given_);
  }

  void add_cell(const Given& given) {
    const std::uint32_t column = given.column;
    if (column >= kMostColumns) return give_up(fmt::format("a cell of row {} stands beyond its {} columns", row_number_, kMostColumns));
    if (given.value.empty()) return;
    // Into the place behind those that are used, whose memory is there already.
    auto& cells = current_->cells;
    if (used_ == cells.size()) cells.emplace_back();
    SheetCell& cell = cells[used_];
    cell.column = column;
    cell.type = CellType::Text;
    cell.restored = false;
    if (!fill(cell, given) || cell.text.empty()) return;
    row_bytes_ += cell.text.size();
    if (row_bytes_ > kLongestRow) return give_up(fmt::format("row {} holds more than {} MiB of text", row_number_, kLongestRow >> 20));
    cell.hidden = !hidden_.empty() && hidden_[column];
    // Cells out of order, or one that stands twice: the last one counts, each in its place.
    std::size_t at = used_;
    while (at > 0 && cells[at - 1].column > column) --at;
    if (at > 0 && cells[at - 1].column == column) return std::swap(cells[at - 1], cell);
    const auto last = cells.begin() + static_cast<std::ptrdiff_t>(used_++);
    if (at + 1 < used_) std::rotate(cells.begin() + static_cast<std::ptrdiff_t>(at), last, last + 1);
  }

  /// A number as long as a phone's, whose format shows "+49" before it, is that.
  void add_prefix(SheetCell& cell, unsigned style) const {
    const auto prefix = book_.prefixes.find(style);
    if (prefix != book_.prefixes.end() && add_dialling_prefix(cell.text, prefix->second)) cell.type = CellType::Text;
  }

  /// False: nothing is in it.
  bool fill(SheetCell& cell, const Given& given) {
    const auto& [column, style, stored, formula, value, shared_at] = given;
    if (stored == Stored::Shared) {
      if (shared_at >= book_.strings.size()) {
        give_up(fmt::format("a cell of row {} refers to a text that is not there", row_number_));
        return false;
      }
      const auto shared = book_.strings.at(shared_at);
      if (auto fine = copies_.count(shared.size()); !fine) {
        too_much_ = fine.error();
        return false;
      }
      cell.text = shared;
      return true;
    }
    if (stored == Stored::Text) {
      if (value.find("_x") == std::string_view::npos) cell.text = value;
      else cell.text = undo_x_escapes(value);
      return true;
    }
    if (stored == Stored::Boolean) {
      cell.type = CellType::Boolean;
      cell.text = value == "1" || value == "true" ? "TRUE" : "FALSE";
      return true;
    }
    if (stored == Stored::Error) {
      cell.type = CellType::Error;
      cell.text = value;
      return true;
    }
    if (stored == Stored::Date) {
      cell.type = CellType::Date;
      cell.text = iso_date_text(value);
      return true;
    }
    if (is_dialled_sum(formula)) {
      cell.text = formula;
      cell.restored = true;
      return true;
    }
    const NumberKind kind = style < book_.styles.size() ? book_.styles[style] : NumberKind::Plain;
    double serial = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), serial);
    if (kind != NumberKind::Plain && read.ec == std::errc() && read.ptr == value.data() + value.size()) {
      cell.type = CellType::Date;
      cell.text = date_text(serial, kind, book_.base_1904);
    } else {
      cell.type = CellType::Number;
      cell.text = number_text(value);
      if (!book_.prefixes.empty()) add_prefix(cell, given.style);
    }
    return true;
  }

  CopyLimit copies_;
  const XlsxBook& book_;
  std::string what_;
  std::deque<SheetRow> rows_;  ///< those of the last piece, kept to be used again
  std::size_t ready_ = 0, taken_ = 0;
  SheetRow* current_ = nullptr;
  std::size_t used_ = 0, row_bytes_ = 0;  ///< cells of the current row, and their text
  std::uint32_t row_number_ = 0;
  std::uint32_t next_column_ = 0;
  Given given_;                 ///< the cell that is told of
  std::array<Given, 16> some_;  ///< those that are taken
  std::string value_, formula_;
  int phonetic_ = 0;
  bool in_cell_ = false, in_text_ = false, is_inline_ = false, in_formula_ = false, closed_ = false, ended_ = false;
  std::vector<bool> hidden_;  ///< by column; empty: none is
  std::size_t hiding_ = 0;    ///< elements that hide columns
  std::vector<MergedArea> merged_;
  std::string trouble_;            ///< why the sheet is damaged; empty: it is not
  std::optional<Error> too_much_;
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
      std::make_unique<XlsxSheetReader>(package, std::move(*file), book, fmt::format("{}: the sheet \"{}\"", package.name(), sheet.name)));
}

}  // namespace switchboard::input
