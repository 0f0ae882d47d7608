#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// A lookup of several pages whose first or second one is not as it should be: it lists nothing, although it leads further, or does not say
/// whether it does. Whoever leaves off there has not seen the rest. How many pages were shown so;
/// `doubts`: what is something to look at.
std::size_t judge_left_off_pages(const Subject& subject, std::vector<std::string>& problems, std::vector<std::string>& doubts);

}  // namespace switchboard::conformance
