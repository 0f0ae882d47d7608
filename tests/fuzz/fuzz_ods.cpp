// Any bytes, read as a flat OpenDocument spreadsheet, must give an error or rows that keep the laws of sheets.

#include <cstdint>
#include <string_view>

#include "core/input/ods/ods_book.h"
#include "tests/fuzz/sheet_laws.h"

using namespace switchboard;
using namespace switchboard::input;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto book = open_ods_book([bytes]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); }, "fuzz", true);
  if (!book) {
    require(book.error().kind == ErrorKind::Input, "damage is an input error");
    return 0;
  }
  read_all_sheets(**book);
  return 0;
}
