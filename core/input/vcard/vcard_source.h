#pragma once

#include <memory>

#include "core/input/format.h"

namespace switchboard::input {

/// Reads all cards once, for the columns that they have together. Errors (Input): no card in it, or cut.
Result<std::unique_ptr<Source>> open_vcards(Opening opening);

}  // namespace switchboard::input
