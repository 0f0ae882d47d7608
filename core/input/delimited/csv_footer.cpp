#include "core/input/delimited/csv_footer.h"

#include <algorithm>

#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kMaxFooterRows = 5;
constexpr std::size_t kMinColumns = 3;

bool is_total(const SampleRow& row) {
  bool total = false;
  bool first = true;
  for (const std::string& cell : row.cells) {
    const CellKind kind = kind_of(cell);
    if (kind == CellKind::Empty) continue;
    if (first)
      total = reads_like_total(cell);
    else if (kind != CellKind::Number && !reads_like_total(cell))
      return false;
    first = false;
  }
  return total;
}

bool is_note(const SampleRow& row) {
  return row.line_count == 1 && row.filled() == 1 &&
         std::none_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
           const CellKind kind = kind_of(cell);
           return is_contact_datum(kind) || kind == CellKind::Number;
         });
}

}  // namespace

std::optional<std::uint64_t> find_footer(const TextSample& tail, const TextEncoding& encoding,
                                         Charset& charset, const CsvSyntax& syntax, std::size_t columns) {
  if (columns < 2) return std::nullopt;
  const auto rows = sample_rows(tail, encoding, charset, syntax, ~std::size_t{0});
  if (rows.empty() || rows.back().byte_end != tail.offset + tail.bytes.size()) return std::nullopt;

  std::size_t last = rows.size();
  while (last > 0 && rows[last - 1].is_blank()) --last;
  if (last == 0) return std::nullopt;

  if (columns >= kMinColumns) {
    std::size_t first = last;
    while (first > 0 && last - first < kMaxFooterRows &&
           (is_note(rows[first - 1]) || is_total(rows[first - 1]))) {
      --first;
    }
    std::size_t above = first;
    while (above > 0 && rows[above - 1].is_blank()) --above;
    // Without a row of the table above the blank line, what stands here may be the table itself.
    const bool after_blank = above < first && above > 0 && rows[above - 1].filled() > 1;
    if (first < last && after_blank) return rows[first].byte_begin;
  }
  if (last >= 2 && is_total(rows[last - 1]) && rows[last - 1].line_count == 1)
    return rows[last - 1].byte_begin;
  return std::nullopt;
}

}  // namespace switchboard::input
