#pragma once

#include <memory>
#include <string>

#include "core/ledger/ledger.h"

namespace switchboard::jobs {

/// A ledger for `check`: what is written goes into a directory of its own that is deleted with it, what earlier jobs
/// delivered is asked of the real one.
Result<std::unique_ptr<ledger::Ledger>> open_check_ledger(ledger::Ledger& real);

}  // namespace switchboard::jobs
