#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// Values that differ, and for which the same request goes out: a zero as if there were nothing, an address in small letters, two lines as one
/// word. How many were compared.
std::size_t judge_losses(const Subject& subject, std::vector<std::string>& problems);

/// Columns of a user's own that bear the name of something else that the request says of a contact.
std::size_t judge_own_names(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
