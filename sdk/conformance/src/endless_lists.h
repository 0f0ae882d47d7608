#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// A list whose pages hold nothing, and lead to another one each: whoever follows it asks until somebody stops the job. How many such pages
/// were shown.
std::size_t judge_endless_lists(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
