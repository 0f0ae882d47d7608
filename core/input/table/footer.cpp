#include "core/input/table/footer.h"

#include <algorithm>

#include "core/input/table/cell_kind.h"
#include "core/input/table/closing_line.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kMaxNotes = 5;
constexpr std::size_t kMinColumns = 3;

bool closes(const SampleRow& row) {
  return row.line_count == 1 && closes_table({row.cells.begin(), row.cells.end()});
}

bool is_note(const SampleRow& row) {
  return row.line_count == 1 && row.filled() == 1 &&
         std::none_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
           const CellKind kind = kind_of(cell);
           return is_contact_datum(kind) || kind == CellKind::Number;
         });
}

}  // namespace

std::optional<std::size_t> find_footer(const std::vector<SampleRow>& rows, std::size_t columns) {
  std::optional<std::size_t> footer, below_gap;
  std::size_t notes = 0;
  for (std::size_t at = rows.size(); at-- > 0;) {
    const SampleRow& row = rows[at];
    if (row.is_blank()) {
      if (!below_gap) below_gap = at + 1;
      continue;
    }
    if (closes(row)) {
      footer = at;
      notes = 0;
    } else if (columns >= kMinColumns && notes < kMaxNotes && is_note(row)) {
      ++notes;
    } else {
      // Notes count only below a blank row, and that only below a row of the table: else what stands there may be the table itself.
      if (notes > 0 && below_gap && row.filled() > 1) footer = below_gap;
      break;
    }
    below_gap.reset();
  }
  return footer;
}

}  // namespace switchboard::input
