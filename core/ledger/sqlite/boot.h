#pragma once

#include <string>

namespace switchboard::ledger {

/// Names this start of the system: another after each. What a process wrote outlives it, whether it was synced or not, as long as
/// this stays the same. Empty: not known.
const std::string& this_boot();

}  // namespace switchboard::ledger
