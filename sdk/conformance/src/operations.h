#pragma once

#include <switchboard/abi.h>

#include <cstdint>

namespace switchboard::conformance {

/// An operation that the judge knows. THE list: one more of the ABI is a line here, and every check that goes through them has it.
struct KnownOperation {
  std::uint32_t number;
  const char* name;      ///< in a manifest and in what the judge says
  bool carries_rows;     ///< it is about the contacts of a batch
};
inline constexpr KnownOperation kOperations[] = {
    {SWB_IMPORT, "import", true}, {SWB_RECONCILE, "reconcile", true}, {SWB_PROBE, "probe", false}, {SWB_DISCOVER, "discover", false}};

constexpr bool carries_rows(std::uint32_t operation) {
  for (const auto& known : kOperations)
    if (known.number == operation) return known.carries_rows;
  return false;
}

}  // namespace switchboard::conformance
