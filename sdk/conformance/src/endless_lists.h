#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// A list whose pages hold nothing, and lead to another one each: whoever follows it asks until somebody stops the job. How many such pages
/// were shown.
std::size_t judge_endless_lists(const Subject& subject, std::vector<std::string>& problems);

/// States that grow with each contact that a list shows, until the host refuses them: an account may well have that many. How many pages
/// were shown.
std::size_t judge_growing_lists(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
