#pragma once

#include <optional>
#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// A contact that a vendor may refuse.
struct BadContact {
  std::string with;  ///< what it has: no phone and address that is one, or no name
  std::vector<std::optional<std::string>> row;
};

std::vector<BadContact> bad_contacts(const Subject& subject);

/// Exchanges of imports in which the emulator refused one of three contacts, a few of them.
std::vector<Exchange> refusals_of_one(const Subject& subject);

}  // namespace switchboard::conformance
