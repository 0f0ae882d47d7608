// Any bytes, read as an old Excel workbook: in a container where they begin like one, else as bare records.

#include "core/input/xls/xls_format.h"
#include "tests/fuzz/read_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  switchboard::input::read_workbook(switchboard::input::xls_format(), data, size);
  return 0;
}
