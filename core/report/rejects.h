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
  std::string header_bytes;                              ///< input::Source::header_bytes()
  std::function<std::string(std::string_view)> encode;   ///< input::Source::encode()
};

/// Writes `<stem>.rejects.<ext>`: the source's own bytes, then _row, _code, _field, _message. The file appears under
/// its name only when finish() succeeded, mode 0600, and only if a row was added. Formulas are neutralised in the
/// four columns only. Corrected and imported again it needs no options.
class RejectsWriter {
 public:
  static Result<std::unique_ptr<RejectsWriter>> create(const std::string& path, const RejectsShape& shape);
  virtual ~RejectsWriter() = default;
  virtual Result<void> add(const Record& record, const RejectNote& note) = 0;
  virtual Result<void> finish() = 0;
};

/// "contacts.csv" → "contacts.rejects.csv"; of "-" : "stdin.rejects.csv".
std::string rejects_name(const SourceInfo& info);

}  // namespace switchboard::report
