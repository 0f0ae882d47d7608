#include "core/input/table/list_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/input/table/cell_kind.h"
#include "core/input/table/table_rows.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kMaxPreambleRows = 20;

std::size_t median(std::vector<std::size_t> values) {
  if (values.empty()) return 0;
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class HeaderSearch {
 public:
  explicit HeaderSearch(const std::vector<SampleRow>& rows) : rows_(rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!rows[i].is_blank()) facts_.push_back(facts_of(views(rows[i].cells), i));
    }
    std::vector<std::size_t> filled;
    for (std::size_t i = 1; i < facts_.size(); ++i) filled.push_back(facts_[i].filled);
    typical_filled_ = median(std::move(filled));
  }

  bool empty() const { return facts_.empty(); }

  /// Index among all rows of the header; nothing where the first row is a contact already.
  std::optional<std::size_t> find() const {
    const RowFacts& first = facts_.front();
    if (const auto below = header_below()) return facts_[*below].index;
    // A contact may have a header's word among its cells, e.g. the label "Mobile" beside the number.
    if (first.has_contact) return first.words * 2 > first.filled ? std::optional(first.index) : std::nullopt;
    if (first.words == 0 && continues_below()) return std::nullopt;
    return first.index;
  }

 private:
  /// Wide enough to head this table, and nothing in it that only data has.
  bool may_head(const RowFacts& facts) const {
    return !facts.has_typed && facts.filled >= 2 && facts.filled * 2 >= typical_filled_;
  }

  /// A header under a title or notes: its index among facts_. The first row keeps the office unless it is
  /// sparse.
  std::optional<std::size_t> header_below() const {
    const RowFacts& first = facts_.front();
    const std::size_t end = std::min(facts_.size(), kMaxPreambleRows + 1);
    std::size_t widest_above = first.filled;
    for (std::size_t k = 1; k < end; ++k) {
      const RowFacts& row = facts_[k];
      const bool sparse_above = widest_above * 2 <= row.filled;
      const bool rich = row.words >= 3 && row.words * 2 >= row.filled && row.words >= first.words + 2 &&
                        !row.has_typed && widest_above < row.filled;
      if (rich) return k;
      const bool worded = row.words > first.words && may_head(row);
      if (sparse_above && (worded || structure_shows(k)) && !contact_above(k)) return k;
      if (row.has_contact) break;  // the table has begun
      widest_above = std::max(widest_above, row.filled);
    }
    return std::nullopt;
  }

  bool contact_above(std::size_t k) const {
    return std::any_of(facts_.begin(), facts_.begin() + static_cast<std::ptrdiff_t>(k),
                       [](const RowFacts& facts) { return facts.has_contact; });
  }

  /// Without words to go by: lines without any delimiter above, and rows of this very width (three or more)
  /// below.
  bool structure_shows(std::size_t k) const {
    const RowFacts& row = facts_[k];
    if (row.width < 3 || !may_head(row) || facts_.front().words > 0 || k + 1 >= facts_.size()) return false;
    const auto here = facts_.begin() + static_cast<std::ptrdiff_t>(k);
    return std::all_of(facts_.begin(), here, [](const RowFacts& above) { return above.filled == 1; }) &&
           std::all_of(here, facts_.end(), [&](const RowFacts& below) {
             return below.width == row.width || &below == &facts_.back();
           });
  }

  /// The first row has a number or date where nearly all rows below have one too: it is one of them.
  bool continues_below() const {
    const RowFacts& first = facts_.front();
    if (!first.has_typed || facts_.size() < 3) return false;
    const auto& cells = rows_[first.index].cells;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const CellKind kind = kind_of(cells[column]);
      if (kind == CellKind::Empty || kind == CellKind::Text) continue;
      std::size_t same = 0;
      std::size_t filled = 0;
      for (std::size_t i = 1; i < facts_.size(); ++i) {
        const auto& row = rows_[facts_[i].index].cells;
        if (column >= row.size()) continue;
        const CellKind below = kind_of(row[column]);
        filled += below != CellKind::Empty ? 1 : 0;
        same += below == kind ? 1 : 0;
      }
      if (filled >= 2 && same * 5 >= filled * 4) return true;
    }
    return false;
  }

  const std::vector<SampleRow>& rows_;
  std::vector<RowFacts> facts_;
  std::size_t typical_filled_ = 0;
};

std::size_t widest(const std::vector<SampleRow>& rows) {
  std::size_t width = 0;
  for (const SampleRow& row : rows) width = std::max(width, row.cells.size());
  return width;
}

/// What the first row above the header says, in quotes and cut.
std::string first_text(const std::vector<SampleRow>& rows, std::size_t header) {
  constexpr std::size_t kLongestTitle = 60;
  for (std::size_t i = 0; i < header; ++i) {
    for (const std::string& cell : rows[i].cells) {
      const std::size_t begin = cell.find_first_not_of(" \t\r\n");
      if (begin == std::string::npos) continue;
      std::string text = cell.substr(begin, cell.find_last_not_of(" \t\r\n") + 1 - begin);
      if (text.size() > kLongestTitle) {
        std::size_t cut = kLongestTitle;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80) --cut;
        text = text.substr(0, cut) + "…";
      }
      return "\"" + text + "\"";
    }
  }
  return "\"\"";
}

void note_preamble(ListLayout& layout, const std::vector<SampleRow>& rows, std::size_t header,
                   std::uint64_t first_line) {
  const bool only_blank = std::all_of(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(header),
                                      [](const SampleRow& row) { return row.is_blank(); });
  if (only_blank) return;
  const std::uint64_t last_line = rows[header].line - 1;
  const std::string where = first_line == last_line
                                ? fmt::format("line {} stands", first_line)
                                : fmt::format("lines {} to {} stand", first_line, last_line);
  layout.warnings.push_back(fmt::format("{} above the header on line {} and {} left out (title or notes): {}",
                                        where, rows[header].line, first_line == last_line ? "is" : "are", first_text(rows, header)));
}

/// The tables that begin at the row `header` and below it.
TableFinder find_tables(const std::vector<SampleRow>& rows, std::size_t header) {
  TableFinder finder(rows[header].cells, rows[header].line);
  bool gap = false;
  for (std::size_t i = header + 1; i < rows.size(); ++i) {
    const bool blank = rows[i].is_blank();
    // Of a workbook's rows the blank ones are not there.
    const bool left_out = rows[i].line > rows[i - 1].line + rows[i - 1].line_count;
    if (!blank) (void)finder.see(views(rows[i].cells), rows[i].line, gap || left_out);
    gap = blank;
  }
  return finder;
}

}  // namespace

ListLayout find_layout(const std::vector<SampleRow>& rows, std::uint64_t first_byte, std::uint64_t first_line,
                      bool no_header) {
  ListLayout layout;
  layout.preamble_lines = first_line - 1;
  layout.header_begin = layout.data_begin = first_byte;
  layout.data_line = first_line;
  layout.width = widest(rows);
  const HeaderSearch search(rows);
  if (no_header || search.empty()) return layout;

  auto header = search.find();
  if (!header) {
    layout.warnings.push_back(
        "the first row is a contact, not a header: all rows are read as records and the columns are named "
        "column_1, "
        "column_2 … Add a header line if that is wrong");
    return layout;
  }
  layout.tables = find_tables(rows, *header);
  const auto& tables = layout.tables->tables();
  if (tables.size() > 1) {
    const auto chosen = layout.tables->choice();
    if (!chosen) {
      for (const FoundTable& table : tables) layout.rival_tables.push_back(table.header_line);
    }
    const std::size_t read = chosen.value_or(0);
    for (std::size_t i = 0; i < read; ++i) layout.tables_above.push_back(tables[i].header_line);
    header = static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(), [&](const SampleRow& row) { return row.line == tables[read].header_line; }) - rows.begin());
  } else if (*header > 0) {
    note_preamble(layout, rows, *header, first_line);
  }
  const SampleRow& row = rows[*header];
  layout.has_header = true;
  layout.preamble_lines = row.line - 1;
  layout.header_line = row.line;
  layout.header_lines = row.line_count;
  layout.header_begin = row.byte_begin;
  layout.data_begin = row.byte_end;
  layout.data_line = row.line + row.line_count;
  if (facts_of(views(row.cells)).has_contact) {
    layout.warnings.push_back(
        fmt::format("the header on line {} also has an e-mail address or phone number in it: if it is a "
                    "contact, use --no-header",
                    row.line));
  }
  return layout;
}

}  // namespace switchboard::input
