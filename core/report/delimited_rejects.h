#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/report/output_file.h"
#include "core/report/raw_cells.h"
#include "core/report/rejects.h"

namespace switchboard::report {

/// The rejects file of a CSV or TSV source.
class DelimitedRejects final : public RejectsWriter {
 public:
  DelimitedRejects(std::unique_ptr<OutputFile> file, RejectsShape shape);
  Result<void> add(const Record& record, const RejectNote& note) override;
  Result<void> finish() override;

 private:
  std::string header() const;
  std::string own_part(const Record& record) const;
  std::string without_old_columns(const Record& record) const;
  /// A cell of ours in UTF-8: on one line, no formula, quoted where the dialect needs it.
  std::string cell(std::string_view content) const;

  std::unique_ptr<OutputFile> file_;
  const RejectsShape shape_;
  const RawSyntax syntax_;
  std::vector<bool> is_old_;  ///< a column a rejects file gave the source, by its place
  std::size_t old_columns_ = 0;
  bool has_rows_ = false;
};

}  // namespace switchboard::report
