#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/input/delimited/csv_picker.h"
#include "core/input/delimited/csv_reader.h"
#include "core/input/format.h"

namespace switchboard::input {

/// Delimited text, opened.
class CsvSource final : public FileSource {
 public:
  CsvSource(OpenBytes bytes, OpenBytes file, CsvPlan plan, SourceInfo info, std::string header_bytes);

  Result<std::unique_ptr<RecordReader>> read() const override;
  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override;

  /// read() with a reader that also shows the records' own bytes.
  Result<std::unique_ptr<CsvRecordReader>> read_raw() const;
  /// The bytes before the first record that a rejects file must repeat so that it reads like the source: BOM, `sep=` line
  /// and header line, exactly as in the source (preamble is left out). Empty with no header.
  const std::string& header_bytes() const { return header_bytes_; }
  /// Turns UTF-8 text into the source's encoding. Characters that it lacks become '?'.
  std::function<std::string(std::string_view)> encoder() const;

 private:
  OpenBytes open_bytes_;
  CsvPlan plan_;
  std::string header_bytes_;
};

/// Opens delimited text: finds encoding, dialect, header and footer. `block_bytes`: how much is read at a time.
Result<std::unique_ptr<CsvSource>> open_csv(Opening opening, std::size_t block_bytes = CsvScanner<std::uint8_t>::kBlockBytes);

}  // namespace switchboard::input
