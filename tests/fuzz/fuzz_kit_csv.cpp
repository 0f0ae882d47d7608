// Any bytes, read as CSV by the kit, are refused or give rows that read the same after they were written.

#include <switchboard/kit/csv.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/require.h"

using namespace switchboard::kit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const char delimiter = (data[0] & 1) != 0 ? ';' : ',';
  const auto rows = read_csv({reinterpret_cast<const char*>(data) + 1, size - 1}, delimiter);
  if (!rows) return 0;
  CsvWriter writer("\r\n", delimiter);
  for (const CsvRow& row : *rows) {
    require(!row.empty(), "a row without a cell");
    writer.row(row);
  }
  const auto again = read_csv(writer.take(), delimiter);
  require(again.has_value(), "what was written cannot be read");
  require(*again == *rows, "what was written reads as something else");
  return 0;
}
