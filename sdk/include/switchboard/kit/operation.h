// What a chain of requests is for.
#pragma once

#include <switchboard/abi.h>

#include <cstdint>

namespace switchboard::kit {

enum class Operation : std::uint32_t {
  Import = SWB_IMPORT,
  Reconcile = SWB_RECONCILE,
  Probe = SWB_PROBE,
  Discover = SWB_DISCOVER
};
inline constexpr Operation kLastOperation = Operation::Discover;  ///< what comes after it, this header does not know

/// It is about the rows of a batch; else about the account as a whole, and the batch has none.
constexpr bool carries_rows(Operation operation) {
  switch (operation) {
    case Operation::Import:
    case Operation::Reconcile: return true;
    case Operation::Probe:
    case Operation::Discover: return false;
  }
  return false;
}

}  // namespace switchboard::kit
