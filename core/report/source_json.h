#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source_info.h"

/// The report's "source" and "mapping", which the ledger keeps as JSON with the job: written and read.
namespace switchboard::report {

/// A line of the mapping table: which column fills which field, how sure that is (0..1) and why.
struct MappingLine {
  std::string column, field;
  double score = 0;
  std::string reason;
};

/// What is said of a mapping as a whole.
struct MappingTold {
  std::vector<std::string> columns_not_sent;
  std::vector<std::string> notes;  ///< sentences: people left out, no names found …
  bool consent_ignored = false;    ///< columns that say no held nothing back
};

/// The report's "source" object. `profile` is the exporter that wrote the file, empty (null): not recognised. `phone_plans`:
/// version of the numbering plans that judged its numbers, empty: none did.
std::string source_json(const SourceInfo& info, const std::string& profile, std::string_view phone_plans = {},
                        const MappingTold& told = {});
/// What a "source" object says besides what the job has itself (name, size, hash). What becomes a member has its line in
/// each_key() of source_json.cpp, by which it is written and read.
struct SourceTold {
  std::string format, encoding, profile;
  std::optional<Dialect> dialect;  ///< delimiter, quote and header_line of it
  std::string sheet, phone_plans;
  std::optional<LineCounts> lines;
  std::vector<std::string> notes;  ///< of the file as a whole (SourceInfo::warnings): lines or tables left out …
  MappingTold mapping;
};
/// Empty for text that is no such JSON.
SourceTold read_source(const std::string& source_json);

/// {"delimiter", "quote", "header_line"}; header_line is null where there is no header. Null for a source
/// that is no delimited text.
std::string dialect_json(const std::optional<Dialect>& dialect);

/// {"total", "preamble", "header", "blank", "continued", "other", "records"}
std::string lines_json(const LineCounts& lines);

/// The report's "mapping" array; scores with two decimals.
std::string mapping_json(std::span<const MappingLine> lines);
/// Its lines; none for text that is no such JSON.
std::vector<MappingLine> read_mapping(const std::string& mapping_json);

}  // namespace switchboard::report
