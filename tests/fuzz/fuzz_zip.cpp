// Any bytes, read as a zip archive, must give an error, or a file inside it that is the same each time and from any place.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/input/archive/zip_archive.h"
#include "core/input/archive/zip_kind.h"
#include "tests/fuzz/require.h"

using namespace switchboard;
using namespace switchboard::input;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)looks_of_zip(*view_bytes(bytes));
  auto unpacked = zip().unpack([bytes]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(bytes); }, "fuzz");
  if (!unpacked) {
    require(unpacked.error().kind == ErrorKind::Input, "damage is an input error");
    return 0;
  }
  auto store = unpacked->bytes();
  require(static_cast<bool>(store), "what was unpacked can be opened");
  const auto whole = static_cast<std::size_t>((*store)->size());
  const auto all = read_part(**store, 0, whole + 1);
  require(all && all->size() == whole, "as many bytes as it says");
  const auto half = read_part(**store, whole / 2, whole);
  require(half && *half == all->substr(whole / 2), "the same bytes from the middle on");
  return 0;
}
