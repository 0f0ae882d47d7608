#pragma once

#include <string>

#include "core/base/result.h"

namespace switchboard::ledger {

/// Creates the directory and its parents where missing, mode 0700, and checks that files can be made in it.
/// Errors: ErrorKind::Usage, with what to do.
Result<void> prepare_directory(const std::string& path);

}  // namespace switchboard::ledger
