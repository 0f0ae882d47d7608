#include "core/input/table/table_rows.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

bool is_same(std::string_view a, std::string_view b) {
  a = without_space(a);
  b = without_space(b);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

std::size_t shared_cells(const std::vector<std::string_view>& cells, const std::vector<std::string_view>& header) {
  return static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [&](std::string_view cell) {
    return !is_blank(cell) && std::any_of(header.begin(), header.end(), [&](std::string_view name) { return is_same(cell, name); });
  }));
}

}  // namespace

RowFacts facts_of(const std::vector<std::string_view>& cells, std::size_t index) {
  RowFacts facts;
  facts.index = index;
  facts.width = cells.size();
  for (const std::string_view cell : cells) {
    const CellKind kind = kind_of(cell);
    if (kind == CellKind::Empty) continue;
    ++facts.filled;
    if (is_contact_datum(kind)) facts.has_contact = true;
    if (kind != CellKind::Text) facts.has_typed = true;
    if (has_header_word(cell)) ++facts.words;
  }
  return facts;
}

bool is_same_header(const std::vector<std::string_view>& cells, const std::vector<std::string_view>& header) {
  for (std::size_t i = 0; i < std::max(cells.size(), header.size()); ++i) {
    const std::string_view cell = i < cells.size() ? cells[i] : std::string_view{};
    const std::string_view name = i < header.size() ? header[i] : std::string_view{};
    if (!is_same(cell, name)) return false;
  }
  return true;
}

bool heads_another_table(const std::vector<std::string_view>& cells, const std::vector<std::string_view>& header, bool apart) {
  const RowFacts facts = facts_of(cells);
  if (facts.filled < 2 || facts.has_typed || is_same_header(cells, header)) return false;
  const std::size_t shared = shared_cells(cells, header);
  if (!apart) return facts.words == facts.filled && shared > 0;
  // In a language whose words are not known, what both tables have in common tells.
  return (facts.words >= 2 && facts.words * 2 >= facts.filled) || (shared >= 2 && shared * 2 >= facts.filled);
}

}  // namespace switchboard::input
