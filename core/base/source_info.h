#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace switchboard {

/// How a delimited text file is written.
struct Dialect {
  std::string delimiter;          ///< one character, e.g. "," or "\t"
  std::string quote = "\"";
  std::string line_end = "\n";    ///< "\n", "\r\n" or "\r": the one most lines use
  std::uint64_t header_line = 0;  ///< line of the header, from 1; 0: there is none
  bool padded = false;            ///< blanks stand before opening quotes and around cells, and are no part of them
  bool backslash = false;         ///< a backslash takes the next character's meaning away, and \N is an empty cell
};

/// Every line of a text source, accounted for:
/// total = preamble + header + blank + continued + other + records.
struct LineCounts {
  std::uint64_t total = 0;
  std::uint64_t preamble = 0;   ///< before the header, a `sep=` line included
  std::uint64_t header = 0;     ///< lines of the header
  std::uint64_t blank = 0;
  std::uint64_t continued = 0;  ///< further lines of records with line ends inside quotes
  std::uint64_t other = 0;      ///< ragged leftovers, trailing totals
  std::uint64_t records = 0;
};

struct SheetInfo {
  std::string name;
  std::uint64_t rows = 0;
  bool chosen = false;
};

/// What a source is, as found by input::Source. `lines` is complete after one full pass.
struct SourceInfo {
  std::string name;      ///< file name without directories; "-" for standard input
  std::string path;      ///< where the bytes are (the spool for standard input)
  std::uint64_t bytes = 0;
  std::string sha256;    ///< lower-case hex; filled by the full pass
  std::string format;    ///< "csv", "xlsx", "vcard", …: a name of core/input/formats.cpp
  std::string encoding;  ///< IANA-like name: "UTF-8", "UTF-8 with BOM" is "UTF-8" with has_bom
  std::string encoding_runner_up;  ///< empty: none worth naming
  bool has_bom = false;
  std::optional<Dialect> dialect;            ///< only of delimited text
  std::optional<Dialect> dialect_runner_up;  ///< none: nothing worth naming
  std::vector<SheetInfo> sheets;
  std::vector<std::string> column_contents;  ///< of workbooks, one a column: "text", "number", "date", "mixed", "empty"
  std::vector<std::string> columns;  ///< header cells as written; an empty one is column_N
  LineCounts lines;
  std::vector<std::string> warnings;  ///< sentences for people about the file as a whole
};

}  // namespace switchboard
