#include "core/input/delimited/csv_warnings.h"

#include <fmt/format.h>

namespace switchboard::input {

std::vector<std::string> CsvWarnings::sentences() const {
  std::vector<std::string> sentences;
  const auto say = [&](const Tally& tally, std::string_view one, std::string_view many) {
    if (tally.count == 1) sentences.push_back(fmt::format("line {}: {}", tally.first_line, one));
    if (tally.count > 1) {
      sentences.push_back(fmt::format("{} {}, the first on line {}", tally.count, many, tally.first_line));
    }
  };
  say(improbable_, "a quoted field here covers more than 100 lines: look for a missing closing quote",
      "records have a quoted field of more than 100 lines (look for a missing closing quote)");
  say(suspicious_,
      "a quoted field covers several lines and has text after its closing quote: look for a missing quote",
      "records have a quoted field over several lines with text after its closing quote (look for a missing "
      "quote)");
  say(shorter_, fmt::format("this record has fewer cells than there are columns ({})", columns_),
      fmt::format("records have fewer cells than there are columns ({})", columns_));
  say(longer_,
      fmt::format("this record has more cells than there are columns ({}); they are kept at its end",
                  columns_),
      fmt::format("records have more cells than there are columns ({}; they are kept at the end)", columns_));
  say(footer_, "a total or note under the table, left out",
      "lines under the table (totals, notes) are left out");
  say(header_again_, "the header once more, left out", "lines are the header once more, and left out");
  return sentences;
}

}  // namespace switchboard::input
