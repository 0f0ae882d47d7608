#pragma once

#include <cstdint>

namespace switchboard {

/// What a chain of requests is for; the values are those of switchboard/abi.h (SWB_IMPORT …).
enum class Operation : std::uint32_t {
  Import = 0,     ///< sends the batch
  Reconcile = 1,  ///< asks the vendor which of the batch's rows it has
  Probe = 2,      ///< checks the credential; no rows
  Discover = 3,   ///< lists what only the account knows; no rows
};

}  // namespace switchboard
