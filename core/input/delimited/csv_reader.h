#pragma once

#include <memory>
#include <string_view>

#include "core/input/bytes/byte_store.h"
#include "core/input/delimited/csv_plan.h"
#include "core/input/source.h"

namespace switchboard::input {

/// A reader that also shows how its record lies in the source.
class CsvRecordReader : public RecordReader {
 public:
  /// The bytes of the record that next() gave last (source encoding, quoting kept), without the line end.
  virtual std::string_view raw() const = 0;
};

/// Reads the records behind the header, which csv_record_cutter.h cuts. `plan` outlives the reader.
std::unique_ptr<CsvRecordReader> make_csv_reader(const CsvPlan& plan, std::unique_ptr<ByteStore> store);

}  // namespace switchboard::input
