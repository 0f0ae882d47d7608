// Any bytes, read as the packed columns of a ledger, are damage or something that is packed as the same bytes again.
// The first byte chooses the column, the second the number of rows; a right checksum is put under the rest.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/ledger/packing/pack.h"
#include "tests/fuzz/require.h"

using namespace switchboard::ledger;

namespace {

/// What was read must be written as what it was read from; damage is fine.
template <class Unpack, class Pack>
void read_and_write(std::string_view packed, Unpack unpack, Pack pack) {
  if (const auto read = unpack(packed)) require(pack(*read) == packed, "packing gives other bytes");
}

void try_all(unsigned column, std::size_t count, std::string_view packed) {
  switch (column % 5) {
    case 0:
      return read_and_write(packed, [&](auto text) { return unpack_lines(text, count); },
                            [](const auto& read) { return pack_lines(read); });
    case 1:
      return read_and_write(packed, [&](auto text) { return unpack_indices(text, count); },
                            [](const auto& read) { return pack_indices(read); });
    case 2:
      return read_and_write(packed, [&](auto text) { return unpack_outcomes(text, count); },
                            [](const auto& read) { return pack_outcomes(read); });
    case 3:
      return read_and_write(packed, [&](auto text) { return unpack_fingerprints(text, count); },
                            [](const auto& read) { return pack_fingerprints(read); });
    default:
      return read_and_write(packed, [&](auto text) { return unpack_warnings(text, 1, count); },
                            [](const auto& read) { return pack_warnings(read, 1); });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  std::string packed(reinterpret_cast<const char*>(data) + 2, size - 2);
  try_all(data[0], data[1], packed);
  seal(packed);
  try_all(data[0], data[1], packed);
  return 0;
}
