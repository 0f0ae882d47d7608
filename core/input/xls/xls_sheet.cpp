#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "core/input/xls/sheet_index.h"
#include "core/input/xls/xls_book.h"

namespace switchboard::input {
namespace {

/// Cells that are read where they stand, not one after the other, are fetched in small pieces.
constexpr std::size_t kSmallBlock = 4096;

/// [MS-XLS] 2.5.10.
std::string_view error_text(unsigned code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    case 0x2A: return "#N/A";
    case 0x2B: return "#GETTING_DATA";
    default: return "#ERROR!";
  }
}

/// [MS-XLS] 2.5.217: a whole number of 30 bits or the upper half of a double, either perhaps a hundredfold.
double rk_number(std::uint32_t rk) {
  const double value = (rk & 2) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                     : std::bit_cast<double>(static_cast<std::uint64_t>(rk & ~3U) << 32);
  return (rk & 1) != 0 ? value / 100 : value;
}

class XlsSheetReader final : public SheetReader {
 public:
  XlsSheetReader(BiffRecords records, const XlsBook& book, SheetIndex index, std::uint64_t begin)
      : records_(std::move(records)), book_(book), index_(std::move(index)), begin_(begin) {
    records_.seek(begin);
  }

  Result<bool> next(SheetRow& row) override {
    for (;;) {
      used_ = 0;
      auto more = index_.in_order ? read_on(row) : gather(row);
      if (!more || !*more) return more;
      if (used_ == 0) continue;
      row.cells.resize(used_);
      row.hidden = index_.hidden_rows[row.number - 1];
      return true;
    }
  }

  std::uint64_t bytes_read() const override { return records_.end() - begin_; }
  const std::vector<MergedArea>& merged() const override { return index_.merged; }

 private:
  /// Cells of one row from here on. False: the sheet ends.
  Result<bool> read_on(SheetRow& row) {
    bool begun = false;
    for (;;) {
      if (!held_) {
        auto more = records_.next();
        if (!more) return more.error();
        if (!*more) return records_.damaged("its end is missing");
      }
      held_ = false;
      if (records_.is_bof()) ++depth_;
      else if (records_.id() == biff::Eof && --depth_ == 0) {
        held_ = true;
        depth_ = 1;
        return begun;
      }
      if (depth_ != 1 || !has_cells(records_.id())) continue;
      const std::uint32_t number = u16_at(records_.body(), 0) + 1U;
      if (begun && number != row.number) {
        held_ = true;
        return true;
      }
      row.number = number;
      begun = true;
      if (auto read = read_cells(row); !read) return read.error();
    }
  }

  /// The same, from places that stand here and there.
  Result<bool> gather(SheetRow& row) {
    if (at_ == index_.places.size()) return false;
    const std::uint32_t wanted = index_.places[at_].row();
    row.number = wanted + 1;
    for (; at_ < index_.places.size() && index_.places[at_].row() == wanted; ++at_) {
      records_.seek(index_.places[at_].begin());
      auto there = records_.next();
      if (!there) return there.error();
      if (!*there) return records_.damaged("its end is missing");
      if (auto read = read_cells(row); !read) return read.error();
    }
    return true;
  }

  /// The cells of the current record. It has row and column ([MS-XLS] 2.5.19), and so much of a style that it can be read.
  Result<void> read_cells(SheetRow& row) {
    const std::string_view body = records_.body();
    const std::uint32_t column = u16_at(body, 2);
    // BIFF2 keeps three bytes of attributes where later versions keep the number of a style.
    const std::size_t value = is_old() ? 7 : 6;
    const auto lacks = [&](std::size_t bytes) { return body.size() < value + bytes; };
    switch (records_.id()) {
      case biff::Integer2:
        if (lacks(2)) return not_whole();
        number(row, column, u16_at(body, value));
        return {};
      case biff::Number2:
      case biff::Number:
        if (lacks(8)) return not_whole();
        number(row, column, f64_at(body, value));
        return {};
      case biff::Rk:
        if (lacks(4)) return not_whole();
        number(row, column, rk_number(u32_at(body, value)));
        return {};
      case biff::MulRk:
        for (std::size_t at = 4, i = 0; at + 6 + 2 <= body.size(); at += 6, ++i) {
          if (column + i >= kMostBiffColumns) return records_.damaged(fmt::format("row {} has more than {} columns", row.number, kMostBiffColumns));
          number(row, column + static_cast<std::uint32_t>(i), rk_number(u32_at(body, at + 2)), u16_at(body, at));
        }
        return {};
      case biff::BoolErr2:
      case biff::BoolErr:
        if (lacks(2)) return not_whole();
        if (body[value + 1] != 0) error(row, column, static_cast<unsigned char>(body[value]));
        else boolean(row, column, body[value] != 0);
        return {};
      case biff::LabelShared: {
        if (lacks(4)) return not_whole();
        const std::uint32_t index = u32_at(body, value);
        if (index >= book_.strings.size()) return records_.damaged(fmt::format("a cell of row {} refers to a text that is not there", row.number));
        if (const auto text = book_.strings.at(index); !text.empty()) place(row, column, CellType::Text).text.assign(text);
        return {};
      }
      case biff::Label2:
      case biff::Label:
      case biff::RString: return text(row, column, value);
      default: return formula(row, column, value);
    }
  }

  Result<void> formula(SheetRow& row, std::uint32_t column, std::size_t value) {
    const std::string_view body = records_.body();
    if (body.size() < value + 8) return not_whole();
    if (u16_at(body, value + 6) != 0xFFFF) {
      number(row, column, f64_at(body, value));
      return {};
    }
    // [MS-XLS] 2.5.133: what the formula came to, where it is no number.
    switch (body[value]) {
      case 1: boolean(row, column, body[value + 2] != 0); return {};
      case 2: error(row, column, static_cast<unsigned char>(body[value + 2])); return {};
      case 0: break;
      default: return {};
    }
    // A text stands in a record of its own, perhaps behind one that holds the formula of several cells.
    for (;;) {
      auto more = records_.next();
      if (!more) return more.error();
      if (!*more) return records_.damaged("its end is missing");
      switch (records_.id()) {
        case biff::String:
        case biff::String2: return text(row, column, 0);
        case 0x21:   // ARRAY, of BIFF2 and of later ones
        case 0x221:
        case 0x4BC:  // SHRFMLA
        case 0x36:   // TABLE, of BIFF2 and of later ones
        case 0x236:
        case biff::Continue: break;
        default: held_ = true; return {};
      }
    }
  }

  /// A text that stands at `begin` in the current record.
  Result<void> text(SheetRow& row, std::uint32_t column, std::size_t begin) {
    const std::string_view body = records_.body();
    const bool short_length = records_.id() == biff::Label2 || records_.id() == biff::String2;
    const std::size_t characters_at = begin + (short_length ? 1 : 2);
    if (body.size() < characters_at) return not_whole();
    const std::size_t characters = short_length ? static_cast<unsigned char>(body[begin]) : u16_at(body, begin);
    if (characters == 0) return {};
    text_.clear();
    if (book_.version == 8) {
      auto whole = ContinuedBody(records_, characters_at).read_text(characters, text_);
      if (!whole) return whole.error();
      if (!*whole) return not_whole();
    } else {
      if (body.size() < characters_at + characters) return not_whole();
      book_.byte_text->append(body.substr(characters_at, characters), text_);
    }
    place(row, column, CellType::Text).text.assign(text_);
    return {};
  }

  void number(SheetRow& row, std::uint32_t column, double value) {
    if (!is_old()) return number(row, column, value, u16_at(records_.body(), 4));
    const std::size_t format = static_cast<unsigned char>(records_.body()[5]) & 0x3F;
    place_number(row, column, value, format < book_.formats.size() ? book_.formats[format] : NumberKind::Plain);
  }
  void number(SheetRow& row, std::uint32_t column, double value, std::size_t style) {
    SheetCell& cell = place_number(row, column, value, style < book_.styles.size() ? book_.styles[style] : NumberKind::Plain);
    if (book_.prefixes.empty() || cell.type != CellType::Number) return;
    const auto prefix = book_.prefixes.find(style);
    if (prefix != book_.prefixes.end() && add_dialling_prefix(cell.text, prefix->second)) cell.type = CellType::Text;
  }
  SheetCell& place_number(SheetRow& row, std::uint32_t column, double value, NumberKind kind) {
    SheetCell& cell = place(row, column, kind == NumberKind::Plain ? CellType::Number : CellType::Date);
    cell.text = kind == NumberKind::Plain ? number_text(value) : date_text(value, kind, book_.base_1904);
    return cell;
  }
  void boolean(SheetRow& row, std::uint32_t column, bool value) { place(row, column, CellType::Boolean).text = value ? "TRUE" : "FALSE"; }
  void error(SheetRow& row, std::uint32_t column, unsigned code) { place(row, column, CellType::Error).text = error_text(code); }

  /// The cell of that column. Where one stands twice, the last one counts.
  SheetCell& place(SheetRow& row, std::uint32_t column, CellType type) {
    auto& cells = row.cells;
    std::size_t at = used_;
    while (at > 0 && cells[at - 1].column > column) --at;
    if (at == 0 || cells[at - 1].column != column) {
      if (used_ == cells.size()) cells.emplace_back();
      // The cells behind it move up; the one that is free comes here.
      for (std::size_t i = used_; i > at; --i) std::swap(cells[i], cells[i - 1]);
      ++used_;
    } else {
      --at;
    }
    SheetCell& cell = cells[at];
    cell.column = column;
    cell.type = type;
    cell.hidden = index_.hidden_columns[column];
    return cell;
  }

  /// BIFF2's own records; that of a formula kept its number when it changed.
  bool is_old() const { return records_.id() <= biff::BoolErr2 || (records_.id() == biff::Formula && book_.version == 2); }
  Error not_whole() const { return records_.damaged("a cell of it is not whole"); }

  BiffRecords records_;
  const XlsBook& book_;
  SheetIndex index_;
  std::uint64_t begin_;
  bool held_ = false;      ///< the current record is still to be read
  int depth_ = 0;          ///< the sheet's own first record makes it 1
  std::size_t used_ = 0;   ///< cells of the row
  std::size_t at_ = 0;     ///< in the places
  std::string text_;
};

}  // namespace

Result<std::unique_ptr<SheetReader>> read_xls_sheet(ByteStore& stream, const XlsBook& book, const XlsBook::Sheet& sheet, const std::string& name) {
  const std::string what = fmt::format("{}: the sheet \"{}\"", name, sheet.name);
  BiffRecords records(stream, what);
  auto index = index_sheet(records, sheet.begin);
  if (!index) return index.error();
  const std::size_t block = index->in_order ? std::size_t{64} << 10 : kSmallBlock;
  return std::unique_ptr<SheetReader>(std::make_unique<XlsSheetReader>(BiffRecords(stream, what, block), book, std::move(*index), sheet.begin));
}

}  // namespace switchboard::input
