// Any bytes, read as a web page with tables.

#include "core/input/html/html_format.h"
#include "tests/fuzz/read_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  switchboard::input::read_workbook(switchboard::input::html_format(), data, size);
  return 0;
}
