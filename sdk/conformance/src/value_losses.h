#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// Values that differ, and for which the same request goes out: a zero as if there were nothing, an address in small letters, two lines as one
/// word. How many were compared.
std::size_t judge_losses(const Subject& subject, std::vector<std::string>& problems);

/// What is said of a user's column that bears the name of something else in the request, beside it. Nobody may have such a column: something to
/// look at. Empty: there is no such name.
std::string name_of_ones_own(const Subject& subject);

/// Whether the manifest lets a user call a column so.
bool may_be_called(const kit::Json& custom, const std::string& name);

}  // namespace switchboard::conformance
