#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// Answers in which one contact has no id: its row has none either, and not that of another one or of an earlier answer. How many there were.
std::size_t judge_missing_ids(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
