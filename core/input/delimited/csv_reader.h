#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/bytes/byte_store.h"
#include "core/input/table/list_layout.h"
#include "core/input/delimited/csv_scanner.h"
#include "core/input/source.h"
#include "core/input/text/text_encoding.h"

namespace switchboard::input {

/// All that open() found out about a delimited text and that reading its records needs.
struct CsvPlan {
  std::string name;  ///< for messages
  TextEncoding encoding;
  CsvSyntax syntax;
  ListLayout layout;
  std::size_t columns = 0;
  std::vector<std::string> header;  ///< its cells, as written; empty: there is none
  std::optional<std::uint64_t> footer_begin;
  bool any_table = false;  ///< InputOptions::any_table
  std::size_t block_bytes = CsvScanner<std::uint8_t>::kBlockBytes;
};

/// A reader that also shows how its record lies in the source.
class CsvRecordReader : public RecordReader {
 public:
  /// The bytes of the record that next() gave last (source encoding, quoting kept), without the line end.
  virtual std::string_view raw() const = 0;
};

/// Reads single records, each behind the one before, by where they begin.
class CsvRecordPicker {
 public:
  virtual ~CsvRecordPicker() = default;
  /// Cells as a reader has them. False: no record begins there.
  virtual Result<bool> pick(std::uint64_t byte_begin, std::vector<std::string_view>& cells) = 0;
  /// As CsvRecordReader::raw().
  virtual std::string_view raw() const = 0;
};

/// `plan` outlives the picker.
std::unique_ptr<CsvRecordPicker> make_csv_picker(const CsvPlan& plan, std::unique_ptr<ByteStore> store);

/// Reads the records behind the header. `plan` outlives the reader. One that takes a file apart on several threads would be made here.
std::unique_ptr<CsvRecordReader> make_csv_reader(const CsvPlan& plan, std::unique_ptr<ByteStore> store);

/// The header's cells, as written.
Result<std::vector<std::string>> read_header(const CsvPlan& plan, ByteStore& store);

}  // namespace switchboard::input
