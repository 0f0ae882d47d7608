// Any bytes, read as an XML workbook of Excel 2003.

#include "core/input/xml2003/xml2003_format.h"
#include "tests/fuzz/read_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  switchboard::input::read_workbook(switchboard::input::xml2003_format(), data, size);
  return 0;
}
