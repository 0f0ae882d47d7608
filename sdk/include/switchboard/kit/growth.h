// How a struct of an older or newer side is read.
#pragma once

#include <switchboard/abi.h>

#include <cstddef>
#include <cstring>

namespace switchboard::kit {

/// Copies min(struct_size, sizeof) bytes into a zeroed struct: what the writer does not know reads as 0 or null.
template <class Struct>
Struct bounded_copy(const Struct& theirs) {
  Struct ours{};
  const std::size_t size = theirs.struct_size < sizeof(Struct) ? theirs.struct_size : sizeof(Struct);
  std::memcpy(static_cast<void*>(&ours), &theirs, size);
  return ours;
}

}  // namespace switchboard::kit
