#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// Columns that are lost, or filled with another's value, because of how they are called or of what stands beside, above or below them, or of
/// a setting: judged by an import's first requests alone. How many batches were compared.
std::size_t judge_column_losses(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
