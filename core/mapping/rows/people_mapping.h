#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

/// Makes the mapping one of each person that a row holds (PeoplePolicy::Each): Mapping::others gets those of the further ones.
/// What is chosen by meaning is chosen anew among each one's columns; a column chosen by hand is its owner's, one of nobody in
/// particular everybody's, unless only one person can have such a thing: then it is the first one's.
/// People without columns for a name and for a number or address are left out, as are those for whom `is_complete` says that
/// the vendor's required fields have no column. `only_named`: fields that the mapping does not name are nobody's.
/// Returns the names of those who are left out.
std::vector<std::string> map_each_person(const Manifest& manifest, const std::vector<std::vector<std::string>>& samples,
                                         bool only_named, const std::function<bool(const Mapping&)>& is_complete, Mapping& mapping);

/// The person as notes and messages name it.
std::string name_of(const PersonInRow& person);

}  // namespace switchboard::mapping
