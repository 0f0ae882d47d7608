#pragma once

#include "core/contact/numbering_plan.h"

namespace switchboard::contact {

/// libphonenumber's own plans, of the library that is linked: about 16 µs a number. In a library of its own, since loading
/// libphonenumber with all that it needs takes as long as everything else of the program's start.
const NumberingPlan& library_plan();

}  // namespace switchboard::contact
