#pragma once

#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// Contacts that the emulator refuses for different reasons, alone and beside each other: each is told its own, and a phone is not blamed for an
/// address. How many were refused.
std::size_t judge_reasons(const Subject& subject, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
