#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// A list that is read page by page and says how many there are: one contact goes after the first page, so that another one is on no page that
/// is read. Judged where the chain's state keeps how many there are. How many pages were told so.
std::size_t judge_changing_list(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
