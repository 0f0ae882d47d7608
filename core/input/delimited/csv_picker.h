#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/delimited/csv_plan.h"

namespace switchboard::input {

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

}  // namespace switchboard::input
