#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/record.h"
#include "core/base/result.h"
#include "core/base/source_info.h"

namespace switchboard::report {

/// Why a row stands in the rejects file.
struct RejectNote {
  std::uint64_t row = 0;
  std::string code, field, message;
};

/// What the writer must know of the source; the host fills it from input::Source.
struct RejectsShape {
  SourceInfo info;
  std::string header_bytes;                             ///< input::Source::header_bytes()
  std::function<std::string(std::string_view)> encode;  ///< input::Source::encode()
};

/// Writes the source's own bytes and behind them _row, _code, _field, _message (docs/formats.md, "Rejects
/// file"). Corrected and imported again it needs no options; where the source is such a file already, its
/// four columns are replaced. Formulas are neutralised in the four columns only. The file appears under its
/// name only when finish() succeeded, whole, mode 0600, and only if a row was added; a regular file of that
/// name is replaced. One thread at a time.
class RejectsWriter {
 public:
  /// Errors: ErrorKind::Usage where the path names the source itself or is no regular file;
  /// ErrorKind::Storage where it cannot be written.
  static Result<std::unique_ptr<RejectsWriter>> create(const std::string& path, const RejectsShape& shape);
  virtual ~RejectsWriter() = default;
  virtual Result<void> add(const Record& record, const RejectNote& note) = 0;
  virtual Result<void> finish() = 0;
};

/// "contacts.csv" → "contacts.rejects.csv"; "-" → "stdin.rejects.csv"; "contacts.csv.gz" →
/// "contacts.rejects.csv".
std::string rejects_name(const SourceInfo& info);

}  // namespace switchboard::report
