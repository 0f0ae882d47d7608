#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/scaffold/document/shape.h"

namespace switchboard::scaffold {

/// The canonical meaning of a member by its name and format; empty: none that is known. `around`: the object that it stands in.
std::string meaning_of(std::string_view name, std::string_view around, const Shape& shape);

/// How much an object is a contact: reach counts most, names less; 0: not at all.
int likeness_to_contact(const Shape& shape);

}  // namespace switchboard::scaffold
