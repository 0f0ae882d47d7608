#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/report/report.h"

namespace switchboard::report {

/// A form that reports have: THE table for `report --format` and the endings of --report files. (Runs print text or JSON.)
struct Format {
  std::string_view name;    ///< "text", "json" …
  std::string_view ending;  ///< of a file, with its dot; empty: a report of this form is only printed
  /// The reports of one command, with a line end; nullptr: this form has a line a row.
  std::string (*write)(const std::vector<Report>& reports, bool colour);
  /// A line a row of one job, without the line end, until `write` says false; nullptr: this form is written whole.
  Result<void> (*write_rows)(ledger::JobJournal& journal, const std::function<bool(std::string_view line)>& write);

  /// Whether --report may name a file of it.
  constexpr bool is_file() const { return !ending.empty(); }
};

std::span<const Format> formats();
/// nullptr: there is none.
const Format* format_named(std::string_view name);
/// By a file's ending.
const Format* format_of_file(std::string_view path);

/// "text|json|html|ndjson", for the command line.
const std::string& format_words();
/// ".txt, .json, .html".
const std::string& file_endings();

}  // namespace switchboard::report
