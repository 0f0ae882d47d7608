#include "core/input/delimited/csv_picker.h"

#include <utility>

#include "core/input/delimited/cell_decoder.h"

namespace switchboard::input {
namespace {

template <class Unit>
class CsvPicker final : public CsvRecordPicker {
 public:
  CsvPicker(const CsvPlan& plan, std::unique_ptr<ByteStore> store)
      : store_(std::move(store)),
        scanner_(*store_, plan.name, plan.syntax, plan.layout.data_begin, plan.layout.data_line, plan.block_bytes),
        decoder_(plan.encoding, plan.syntax, scanner_) {}

  Result<bool> pick(std::uint64_t byte_begin, std::vector<std::string_view>& cells) override {
    scanner_.seek(byte_begin);
    auto more = scanner_.next(scanned_);
    if (more && *more) decoder_.decode(scanned_, cells);
    return more;
  }
  std::string_view raw() const override { return scanned_.bytes(); }

 private:
  std::unique_ptr<ByteStore> store_;
  CsvScanner<Unit> scanner_;
  CellDecoder<Unit> decoder_;
  ScannedRecord<Unit> scanned_;
};

}  // namespace

std::unique_ptr<CsvRecordPicker> make_csv_picker(const CsvPlan& plan, std::unique_ptr<ByteStore> store) {
  // Nothing is checked to be UTF-8 here: whoever knows where a record begins has read it.
  return with_unit(plan.encoding.unit_bytes, [&](auto unit) -> std::unique_ptr<CsvRecordPicker> {
    return std::make_unique<CsvPicker<decltype(unit)>>(plan, std::move(store));
  });
}

}  // namespace switchboard::input
