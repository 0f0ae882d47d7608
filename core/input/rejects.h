#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/parts_left.h"
#include "core/base/result.h"
#include "core/base/source_info.h"

namespace switchboard::input {

/// Why a row stands in the rejects file.
struct RejectNote {
  std::uint64_t row = 0;
  std::string code, field, message;
  /// The source's columns that the field is made of, by name; empty: it is about the row as a whole.
  std::vector<std::string> columns = {};
  /// The one of them that is meant, where it is known.
  std::string column = {};
  /// Record::byte_begin of the row, where somebody remembers it: the rows before it need not be read once more.
  std::optional<std::uint64_t> byte_begin = {};
  /// Where others of the row's people were sent: who was rejected. `of` is 0: all of the row is meant.
  PartsLeft left = {};
};

/// What `_row` says: the row's number, and who of it is left. `before`: the row's own cell of `_row`, where the source is a rejects
/// file itself; whom that left out stays left out.
std::string row_text(const RejectNote& note, std::string_view before = {});

/// Writes rejected rows as the source has them, and beside them _row, _code, _field, _message (docs/formats.md, "Rejects
/// file"). Corrected and imported again it needs no options; where the source is such a file already, its four columns are
/// replaced. Formulas are neutralised in the four columns only. The file appears under its name only when finish()
/// succeeded, whole, mode 0600, and only if a row was added; a regular file of that name is replaced. Each format has its
/// own (Source::write_rejects). One thread at a time.
class RejectsWriter {
 public:
  virtual ~RejectsWriter() = default;
  /// Rows in ascending order, each once. Errors: Drift, the source has no such row any more; Input; Storage.
  virtual Result<void> add(const RejectNote& note) = 0;
  virtual Result<void> finish() = 0;
};

/// "contacts.csv" → "contacts.rejects.csv"; "-" → "stdin.rejects.csv"; "contacts.csv.gz" →
/// "contacts.rejects.csv".
std::string rejects_name(const SourceInfo& info);

}  // namespace switchboard::input
