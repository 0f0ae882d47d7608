#pragma once

#include <string>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace switchboard::input {

/// Copies standard input (a descriptor) to a new file in `directory`, mode 0600, and returns its path. Errors: Input, it
/// cannot be read; Storage, the copy cannot be written; Unavailable, cancelled, also while nothing comes. Nothing is left
/// behind then.
Result<std::string> spool(int descriptor, const std::string& directory, const CancelToken* cancel = nullptr);

}  // namespace switchboard::input
