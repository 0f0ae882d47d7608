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

}  // namespace switchboard::kit
