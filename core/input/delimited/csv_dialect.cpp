#include "core/input/delimited/csv_dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

constexpr std::array kDelimiters = {',', ';', '\t', '|', '^', '~', '\x1f'};  // earlier wins a tie
constexpr std::size_t kMostRowsAbove = 20;
// A sample that no delimiter cuts into a table of this quality is a list of one column.
constexpr double kListScore = 0.35;

struct LineEndTally {
  std::size_t lf = 0;  // CRLF included
  std::size_t lone_cr = 0;
};

LineEndTally tally_line_ends(std::string_view text) {
  LineEndTally tally;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ++tally.lf;
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) ++tally.lone_cr;
  }
  return tally;
}

/// The sample as if it were bytes of one unit each: enough to look for ASCII characters.
std::string narrowed(const TextSample& sample, const TextEncoding& encoding) {
  if (encoding.unit_bytes == 1) return sample.bytes;
  std::string text;
  text.reserve(sample.bytes.size() / encoding.unit_bytes);
  for (std::size_t i = 0; i + encoding.unit_bytes <= sample.bytes.size(); i += encoding.unit_bytes) {
    const std::string_view unit(sample.bytes.data() + i, encoding.unit_bytes);
    const char low = encoding.big_endian ? unit.back() : unit.front();
    const auto zeros = static_cast<std::size_t>(std::count(unit.begin(), unit.end(), '\0'));
    text += zeros + 1 >= unit.size() && static_cast<unsigned char>(low) < 0x80 ? low : '\x80';
  }
  return text;
}

/// Whether quotes stand behind a blank wherever they stand behind a delimiter: `a, "b, c"`.
bool has_padded_quotes(std::string_view text, char delimiter) {
  bool padded = false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != delimiter) continue;
    const auto next = text.find_first_not_of(' ', i + 1);
    if (next == std::string_view::npos || text[next] != '"') continue;
    if (next == i + 1) return false;
    padded = true;
  }
  return padded;
}

/// Cells that are \N, as MySQL and PostgreSQL write NULL.
bool has_null_cells(const std::vector<SampleRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const SampleRow& row) {
    return std::find(row.cells.begin(), row.cells.end(), "\\N") != row.cells.end();
  });
}

bool may_have_backslashes(std::string_view text, const TextEncoding& encoding, const Charset& charset) {
  // Second bytes of Shift_JIS, Big5 and GBK can be a backslash.
  const bool safe = encoding.unit_bytes > 1 || encoding.is_utf8() || charset.is_single_byte();
  return safe && (text.find("\\N") != std::string_view::npos || text.find("\\\"") != std::string_view::npos);
}

/// Exports that quote with apostrophes put one on both sides of nearly every delimiter and use no quotes at
/// all. A leading apostrophe alone is a spreadsheet's mark for text and stays part of the cell.
char find_quote(std::string_view text, char delimiter) {
  if (text.find('"') != std::string_view::npos) return '"';
  std::size_t delimiters = 0;
  std::size_t between = 0;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != delimiter) continue;
    ++delimiters;
    if (text[i - 1] == '\'' && text[i + 1] == '\'') ++between;
  }
  return between >= 2 && between * 10 >= delimiters * 6 ? '\'' : '"';
}

bool is_typed(CellKind kind) { return kind != CellKind::Empty && kind != CellKind::Text; }

/// The width above one that most rows from its first on have.
struct RowsOfWidth {
  std::size_t width = 1;
  std::size_t first = 0;  // among the rows that are not blank
  double fit = 0;
};

RowsOfWidth find_table(const std::vector<const SampleRow*>& rows) {
  std::map<std::size_t, std::size_t> counts;
  for (const SampleRow* row : rows) ++counts[row->cells.size()];
  RowsOfWidth best;
  double best_value = 0;
  for (const auto& [width, count] : counts) {
    if (width < 2) continue;
    std::size_t first = 0;
    while (rows[first]->cells.size() != width) ++first;
    if (first > kMostRowsAbove) continue;
    const double fit = static_cast<double>(count) / static_cast<double>(rows.size() - first);
    // Of two widths that fit about as well, the one that is there from the start on, then the wider.
    const double value = fit - 0.01 * static_cast<double>(first);
    if (value >= best_value) {
      best_value = value;
      best = {width, first, fit};
    }
  }
  return best;
}

double score_of(const std::vector<const SampleRow*>& rows, const RowsOfWidth& table) {
  double typed = 0;
  double padded = 0;
  double stray = 0;
  const std::size_t body = rows.size() - table.first;
  for (std::size_t i = table.first; i < rows.size(); ++i) {
    const auto& cells = rows[i]->cells;
    if (std::any_of(cells.begin(), cells.end(), [](const std::string& c) { return is_typed(kind_of(c)); }))
      ++typed;
    if (cells.size() > 1 && std::all_of(cells.begin() + 1, cells.end(),
                                        [](const std::string& c) { return c.starts_with(' '); })) {
      ++padded;
    }
    if (rows[i]->stray_quotes) ++stray;
  }
  const auto share = [&](double count) { return count / static_cast<double>(body); };
  const auto& header = rows[table.first]->cells;
  const bool words = std::any_of(header.begin(), header.end(), has_header_word);
  const bool data_in_header = std::any_of(
      header.begin(), header.end(), [](const std::string& cell) { return is_contact_datum(kind_of(cell)); });
  // Rows above that are no wider are a title or notes; a wider one is the header, and the body is short of
  // cells.
  const bool under_title = table.first > 0 && rows.front()->cells.size() < table.width;
  double score = table.fit;
  if (under_title) score *= words && !data_in_header ? 0.97 : 0.3;
  if (share(padded) > 0.8) score *= 0.9;  // "Doe, Jane": punctuation rather than a delimiter
  score *= 1 - 0.5 * share(stray);
  score += 0.3 * share(typed) * table.fit;
  if (words) score += 0.1;
  score += 0.02 * std::log2(static_cast<double>(table.width));
  return score;
}

DialectCandidate read_as(const TextSample& sample, const TextEncoding& encoding, Charset& charset,
                         const CsvSyntax& syntax, std::size_t preference) {
  DialectCandidate candidate;
  candidate.syntax = syntax;
  candidate.rows = sample_rows(sample, encoding, charset, syntax);
  std::vector<const SampleRow*> rows;
  for (const SampleRow& row : candidate.rows) {
    if (!row.is_blank()) rows.push_back(&row);
  }
  if (rows.empty()) return candidate;
  const RowsOfWidth table = find_table(rows);
  candidate.width = table.width;
  candidate.score = table.width < 2 ? kListScore : score_of(rows, table);
  // Fully tied candidates, e.g. a single line "a;b,c".
  candidate.score -= 0.0001 * static_cast<double>(preference);
  return candidate;
}

bool ends_a_line(const DialectCandidate& candidate) {
  return std::any_of(candidate.rows.begin(), candidate.rows.end(), [](const SampleRow& row) {
    return row.line_end == LineEnd::Lf || row.line_end == LineEnd::CrLf;
  });
}

/// As much of the sample, and more of a table. Damage ends a sample's rows early, which is no merit.
bool reads_better(const DialectCandidate& other, const DialectCandidate& candidate) {
  if (other.rows.empty() || candidate.rows.empty()) return false;
  return other.rows.back().byte_end >= candidate.rows.back().byte_end && other.score > candidate.score;
}

}  // namespace

DialectChoice sniff_dialect(const TextSample& sample, const TextEncoding& encoding, Charset& charset,
                            std::optional<char> delimiter) {
  const std::string text = narrowed(sample, encoding);
  const LineEndTally line_ends = tally_line_ends(text);
  std::vector<char> delimiters(kDelimiters.begin(), kDelimiters.end());
  if (delimiter) delimiters = {*delimiter};

  std::vector<DialectCandidate> candidates;
  for (std::size_t i = 0; i < delimiters.size(); ++i) {
    // The comma always takes part: it is how a list of one column is read.
    if (i > 0 && text.find(delimiters[i]) == std::string::npos) continue;
    CsvSyntax syntax;
    syntax.delimiter = delimiters[i];
    syntax.quote = find_quote(text, delimiters[i]);
    syntax.big_endian = encoding.big_endian;
    syntax.lead_bytes = charset.lead_bytes_hiding(delimiters[i]);
    DialectCandidate candidate = read_as(sample, encoding, charset, syntax, i);
    if (line_ends.lone_cr > 0) {
      syntax.lone_cr = true;
      DialectCandidate other = read_as(sample, encoding, charset, syntax, i);
      const bool never_lf = !ends_a_line(candidate);
      if (never_lf || other.score > candidate.score + 0.05) candidate = std::move(other);
    }
    if (has_padded_quotes(text, delimiters[i])) {
      syntax = candidate.syntax;
      syntax.padded = true;
      DialectCandidate other = read_as(sample, encoding, charset, syntax, i);
      if (reads_better(other, candidate)) candidate = std::move(other);
    }
    if (may_have_backslashes(text, encoding, charset)) {
      syntax = candidate.syntax;
      syntax.backslash = true;
      DialectCandidate other = read_as(sample, encoding, charset, syntax, i);
      if (has_null_cells(candidate.rows) || reads_better(other, candidate)) candidate = std::move(other);
    }
    candidates.push_back(std::move(candidate));
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const DialectCandidate& a, const DialectCandidate& b) { return a.score > b.score; });

  DialectChoice choice;
  // A delimiter that makes no table of it must not be preferred to the comma, which a list is read with.
  const auto comma = std::find_if(
      candidates.begin(), candidates.end(),
      [&](const DialectCandidate& candidate) { return candidate.syntax.delimiter == delimiters.front(); });
  const std::size_t chosen =
      candidates.front().score <= kListScore ? static_cast<std::size_t>(comma - candidates.begin()) : 0;
  for (std::size_t i = 0; i < candidates.size() && !choice.runner_up; ++i) {
    if (i != chosen && candidates[i].width > 1) choice.runner_up = candidates[i].syntax;
  }
  choice.best = std::move(candidates[chosen]);
  return choice;
}

Result<char> parse_delimiter(const std::string& wish) {
  if (wish == "tab" || wish == "\\t") return '\t';
  const bool ascii = wish.size() == 1 && static_cast<unsigned char>(wish[0]) < 0x80;
  if (!ascii || wish[0] == '"' || wish[0] == '\n' || wish[0] == '\r' || wish[0] == '\0') {
    return Error{ErrorKind::Usage, fmt::format("--delimiter {}: this cannot be a delimiter", wish),
                 "Give one ASCII character, for example --delimiter ';', or --delimiter tab."};
  }
  return wish[0];
}

std::optional<char> sep_line_delimiter(const TextSample& sample, const TextEncoding& encoding,
                                       Charset& charset) {
  constexpr std::size_t kLongestSepLine = 16;
  std::string start;
  const std::size_t size = std::min(sample.bytes.size(), kLongestSepLine * encoding.unit_bytes);
  // The cut may go through a character behind the line; shorten until it does not.
  for (std::size_t n = size; n > 0 && start.empty(); --n) {
    charset.append_utf8(std::string_view(sample.bytes).substr(0, n), start);
  }
  std::string_view line = start;
  const bool quoted = line.starts_with('"');  // "sep=;" as some programs write it
  if (quoted) line.remove_prefix(1);
  if (line.size() < 5 ||
      !(line.starts_with("sep=") || line.starts_with("SEP=") || line.starts_with("Sep="))) {
    return std::nullopt;
  }
  const char delimiter = line[4];
  std::string_view rest = line.substr(5);
  if (quoted) {
    if (!rest.starts_with('"')) return std::nullopt;
    rest.remove_prefix(1);
  }
  // A lone CR only ends lines in files without LF.
  const bool lone_cr = rest.starts_with('\r') && !rest.starts_with("\r\n");
  const bool ends = rest.empty() || rest.starts_with('\n') || rest.starts_with("\r\n") ||
                    (lone_cr && narrowed(sample, encoding).find('\n') == std::string::npos);
  const bool possible = delimiter != '\n' && delimiter != '\r' && delimiter != '"' &&
                        static_cast<unsigned char>(delimiter) < 0x80;
  if (!ends || !possible) {
    return std::nullopt;
  }
  return delimiter;
}

}  // namespace switchboard::input
