#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/output_file.h"
#include "core/input/delimited/raw_cells.h"
#include "core/input/rejects.h"

namespace switchboard::input {

/// What the writer must know of the source.
struct RejectsShape {
  SourceInfo info;
  /// The bytes before the first record, exactly as in the source: BOM, `sep=` line and header line (preamble is left out).
  /// Empty with no header.
  std::string header_bytes;
  /// UTF-8 text in the source's encoding. Characters that it lacks become '?'.
  std::function<std::string(std::string_view)> encode;
};

/// A record as it lies in the source and as it was read. Borrowed.
struct RawRecord {
  std::string_view raw;  ///< the source's own bytes (source encoding, quoting kept), without the line end
  std::vector<std::string_view> cells;
};

/// The rejects file of a CSV or TSV source, record by record (see RejectsWriter).
class DelimitedRejects {
 public:
  /// Errors: see Source::write_rejects().
  static Result<std::unique_ptr<DelimitedRejects>> create(const std::string& path, const RejectsShape& shape);
  DelimitedRejects(std::unique_ptr<OutputFile> file, RejectsShape shape);
  Result<void> add(const RawRecord& record, const RejectNote& note);
  Result<void> finish();

 private:
  std::string header() const;
  std::string own_part(const RawRecord& record) const;
  std::string without_old_columns(const RawRecord& record) const;
  /// A cell of ours in UTF-8: on one line, no formula, quoted where the dialect needs it.
  std::string cell(std::string_view content) const;

  std::unique_ptr<OutputFile> file_;
  const RejectsShape shape_;
  const Dialect dialect_;
  std::array<bool, 256> marks_{};  ///< bytes of the delimiter and the quote
  const RawSyntax syntax_;
  std::vector<bool> is_old_;  ///< a column a rejects file gave the source, by its place
  std::size_t old_columns_ = 0;
  std::size_t old_row_ = 0;  ///< the place of that one's `_row`; none: behind the columns
  bool has_rows_ = false;
};

}  // namespace switchboard::input
