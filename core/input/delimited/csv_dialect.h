#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/delimited/csv_sample.h"

namespace switchboard::input {

/// A way to read a sample, with how well it fits.
struct DialectCandidate {
  CsvSyntax syntax;
  std::vector<SampleRow> rows;
  std::size_t width = 1;  ///< cells of most rows
  double score = 0;
};

struct DialectChoice {
  DialectCandidate best;
  std::optional<CsvSyntax> runner_up;  ///< another delimiter that also makes a table
};

/// Finds delimiter, quote and line end. `delimiter` set: it is given (by the user or a `sep=` line) and only
/// the rest is found out. Consistent numbers of cells weigh most; then cells that are a whole e-mail address,
/// phone, number or date; then a first row of header words; stray quotes count against.
DialectChoice sniff_dialect(const TextSample& sample, const TextEncoding& encoding, Charset& charset,
                            std::optional<char> delimiter);

/// The character that `--delimiter` means: one ASCII character, or "tab". Usage error otherwise.
Result<char> parse_delimiter(const std::string& wish);

/// The delimiter of a `sep=` line at the start of the text, as spreadsheets write and obey it.
std::optional<char> sep_line_delimiter(const TextSample& sample, const TextEncoding& encoding,
                                       Charset& charset);

}  // namespace switchboard::input
