#include "core/input/xls/sheet_index.h"

#include <fmt/format.h>

#include <algorithm>

namespace switchboard::input {
namespace {

/// ROW's flag for a hidden row, COLINFO's for hidden columns ([MS-XLS] 2.4.221, 2.4.53).
constexpr unsigned kRowHidden = 0x20, kColumnsHidden = 1;

class Indexer {
 public:
  Indexer(BiffRecords& records, SheetIndex& index) : records_(records), index_(index) {
    index_.hidden_rows.resize(kMostBiffRows);
    index_.hidden_columns.resize(kMostBiffColumns);
  }

  Result<void> run(std::uint64_t begin, bool collect) {
    index_.places.reserve(collect ? records_with_cells_ : 0);
    records_.seek(begin);
    auto first = records_.next();
    if (!first) return first.error();
    if (!*first || !records_.is_bof()) return records_.damaged("it is not where it should be");
    std::uint32_t last_row = 0;
    for (int depth = 1; depth > 0;) {
      auto more = records_.next();
      if (!more) return more.error();
      if (!*more) return records_.damaged("its end is missing");
      if (records_.is_bof()) ++depth;  // a chart inside of the sheet
      else if (records_.id() == biff::Eof) --depth;
      if (depth != 1) continue;
      if (!has_cells(records_.id())) {
        if (records_.id() == biff::MergedCells && !collect) take_merged();
        else look_for_hidden();
        continue;
      }
      if (records_.body().size() < 6) return records_.damaged("a cell of it is not whole");
      const std::uint32_t row = u16_at(records_.body(), 0), column = u16_at(records_.body(), 2);
      if (column >= kMostBiffColumns) return records_.damaged(fmt::format("a cell of row {} is said to lie in column {}", row + 1, column + 1));
      if (row < last_row) index_.in_order = false;
      last_row = row;
      ++records_with_cells_;
      if (collect) index_.places.emplace_back(row, records_.begin());
    }
    return {};
  }

 private:
  /// [MS-XLS] 2.4.168: how many there are, then first and last row, first and last column of each.
  void take_merged() {
    const std::string_view body = records_.body();
    for (std::size_t at = 2; at + 8 <= body.size() && index_.merged.size() < kMostMerged; at += 8) {
      const MergedArea area{u16_at(body, at) + 1U, u16_at(body, at + 2) + 1U, u16_at(body, at + 4), u16_at(body, at + 6)};
      if (area.first_row <= area.last_row && area.first_column <= area.last_column && area.last_column < kMostBiffColumns) index_.merged.push_back(area);
    }
  }

  void look_for_hidden() {
    const std::string_view body = records_.body();
    if (records_.id() == biff::Row && body.size() >= 16) {
      if ((u32_at(body, 12) & kRowHidden) != 0) index_.hidden_rows[u16_at(body, 0)] = true;
    } else if (records_.id() == biff::ColumnInfo && body.size() >= 10) {
      if ((u16_at(body, 8) & kColumnsHidden) != 0) hide(u16_at(body, 0), u16_at(body, 2));
    } else if (records_.id() == biff::ColumnWidth2 && body.size() >= 4) {
      if (u16_at(body, 2) == 0) hide(static_cast<unsigned char>(body[0]), static_cast<unsigned char>(body[1]));
    }
  }

  void hide(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t column = first; column <= std::min(last, kMostBiffColumns - 1); ++column) index_.hidden_columns[column] = true;
  }

  BiffRecords& records_;
  SheetIndex& index_;
  std::size_t records_with_cells_ = 0;
};

}  // namespace

bool has_cells(std::uint16_t id) {
  switch (id) {
    case biff::Integer2:
    case biff::Number2:
    case biff::Label2:
    case biff::BoolErr2:
    case biff::Formula:
    case biff::Formula3:
    case biff::Formula4:
    case biff::Number:
    case biff::Label:
    case biff::BoolErr:
    case biff::Rk:
    case biff::MulRk:
    case biff::RString:
    case biff::LabelShared: return true;
    default: return false;
  }
}

Result<SheetIndex> index_sheet(BiffRecords& records, std::uint64_t begin) {
  SheetIndex index;
  Indexer indexer(records, index);
  if (auto read = indexer.run(begin, false); !read) return read.error();
  if (index.in_order) return index;
  if (auto read = indexer.run(begin, true); !read) return read.error();
  std::sort(index.places.begin(), index.places.end());
  return index;
}

}  // namespace switchboard::input
