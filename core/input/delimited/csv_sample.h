#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/delimited/csv_scanner.h"
#include "core/input/table/sample_row.h"
#include "core/input/text/charset.h"
#include "core/input/text/text_encoding.h"

namespace switchboard::input {

/// The start (or the end) of a text source, in memory.
struct TextSample {
  std::string bytes;
  std::uint64_t offset = 0;  ///< in the source
  std::uint64_t line = 1;    ///< of its first byte
  bool reaches_end = false;  ///< the source ends where the sample ends

  static constexpr std::size_t kMaxRows = 500;
};

/// The sample cut into rows by `syntax`. The last row of a sample that ends before the source does is left
/// out, unless it is the only one; damage ends the list early. Bytes that do not decode become U+FFFD.
std::vector<SampleRow> sample_rows(const TextSample& sample, const TextEncoding& encoding, Charset& charset,
                                   const CsvSyntax& syntax, std::size_t max_rows = TextSample::kMaxRows);

}  // namespace switchboard::input
