#pragma once

#include <vector>

#include "core/mapping/rows/mapper.h"

namespace switchboard::cli {

/// Every code of ours that a report can hold, by name; source of `explain` and of docs/errors.md.
std::vector<mapping::CodeHelp> all_codes();

}  // namespace switchboard::cli
