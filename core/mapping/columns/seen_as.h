#pragma once

#include <cstddef>
#include <string_view>

#include "core/mapping/columns/understand.h"

namespace switchboard::mapping {

/// The columns as they are for another person of the row (an index of Understanding::people): its columns mean what they
/// say, those of all others are another person's. Columns of nobody in particular stay the row's where they may be (address,
/// country, tags, what says no), and are the first person's where they are one person's only (numbers, names, ids, titles).
/// In the result that person is the first one.
Understanding seen_as(const Understanding& understanding, std::size_t person);

/// A meaning that one person only can have: a name, a number, an id, a title …, and not the address of a household.
bool is_personal(std::string_view meaning);

}  // namespace switchboard::mapping
