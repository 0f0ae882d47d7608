#include "core/input/table/table_finder.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/input/table/cell_kind.h"
#include "core/input/table/table_rows.h"

namespace switchboard::input {
namespace {

bool has_digit(const std::vector<std::string_view>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](std::string_view cell) {
    return std::any_of(cell.begin(), cell.end(), is_digit);
  });
}

bool is_lone(const std::vector<std::string_view>& cells) {
  std::size_t filled = 0;
  for (auto cell = cells.begin(); cell != cells.end() && filled < 2; ++cell) filled += is_blank(*cell) ? 0 : 1;
  return filled == 1;
}

}  // namespace

TableFinder::TableFinder(std::vector<std::string> header, std::uint64_t line) {
  tables_.push_back({line, line, std::move(header), 0, 0});
}

bool TableFinder::see(const std::vector<std::string_view>& cells, std::uint64_t line, bool gap) {
  // Nearly every row: below another one, with a digit, two cells that are filled, and in a table whose contacts are known.
  if (gap || !is_inside() || cells.size() < 2 || is_blank(cells[0]) || is_blank(cells[1]) || !has_digit(cells)) return see_closely(cells, line, gap);
  pass(1, line);
  return false;
}

bool TableFinder::see_closely(const std::vector<std::string_view>& cells, std::uint64_t line, bool gap) {
  const bool below_header = previous_line_ == 0;
  const bool apart = !below_header && (gap || previous_lone_);
  const bool may_head = !below_header && (apart || !has_digit(cells));
  const bool heads = may_head && heads_another_table(cells, views(tables_.back().header), apart) &&
                     !is_same_header(cells, views(tables_.front().header));
  if (heads) {
    if (may_be_title()) --tables_.back().rows;
    tables_.push_back({may_be_title() ? previous_line_ : line, line, {cells.begin(), cells.end()}, 0, 0});
    previous_line_ = 0;
    previous_lone_ = previous_after_gap_ = false;
    return true;
  }
  FoundTable& table = tables_.back();
  ++table.rows;
  if (table.contacts < FoundTable::kSeveral && facts_of(cells).has_contact) ++table.contacts;
  previous_line_ = line;
  previous_lone_ = is_lone(cells);
  previous_after_gap_ = gap;
  return false;
}

std::optional<std::size_t> TableFinder::choice() const {
  const auto more_than = [&](std::size_t contacts) {
    return std::count_if(tables_.begin(), tables_.end(), [&](const FoundTable& table) { return table.contacts > contacts; });
  };
  if (more_than(0) == 0) return 0;
  for (const std::size_t contacts : {0, 1}) {
    if (more_than(contacts) != 1) continue;
    const auto found = std::find_if(tables_.begin(), tables_.end(), [&](const FoundTable& table) { return table.contacts > contacts; });
    return static_cast<std::size_t>(found - tables_.begin());
  }
  return std::nullopt;
}

std::string list_of_lines(const std::vector<std::uint64_t>& lines) {
  std::string list = lines.size() == 1 ? "line " : "lines ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    list += (i > 0 ? ", " : "") + std::to_string(lines[i]);
  }
  return list;
}

std::string say_tables(std::uint64_t read_line, const std::vector<std::uint64_t>& other_lines) {
  return fmt::format("there are {} tables in this file: the one with contacts, whose header is on line {}, is read; left out: the one{} on {}",
                     other_lines.size() + 1, read_line, other_lines.size() > 1 ? "s" : "", list_of_lines(other_lines));
}

Error several_tables(const std::string& source_name, const std::vector<std::uint64_t>& lines) {
  return {ErrorKind::Input,
          fmt::format("{}: there are several tables in this file, beginning on {}, and it is not clear which one holds the contacts that are meant",
                      source_name, list_of_lines(lines)),
          "Save that one as a file of its own."};
}

std::string say_rivals(const Error& several) { return several.message + ". Shown is the first; an import needs that one as a file of its own"; }

}  // namespace switchboard::input
