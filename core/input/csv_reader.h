#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/input/byte_store.h"
#include "core/input/csv_layout.h"
#include "core/input/csv_scanner.h"
#include "core/input/source.h"
#include "core/input/text_encoding.h"

namespace switchboard::input {

/// All that open() found out about a delimited text and that reading its records needs.
struct CsvPlan {
  std::string name;  ///< for messages
  TextEncoding encoding;
  CsvSyntax syntax;
  CsvLayout layout;
  std::size_t columns = 0;
  std::optional<std::uint64_t> footer_begin;
  std::size_t block_bytes = CsvScanner<std::uint8_t>::kBlockBytes;
};

/// Reads the records behind the header. `plan` outlives the reader.
std::unique_ptr<RecordReader> make_csv_reader(const CsvPlan& plan, std::unique_ptr<ByteStore> store);

/// The header's cells, as written.
Result<std::vector<std::string>> read_header(const CsvPlan& plan, ByteStore& store);

}  // namespace switchboard::input
