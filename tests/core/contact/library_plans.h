#pragma once

#include "core/contact/plans/plan_text.h"

namespace switchboard::tests {

/// The plans of the linked libphonenumber in our form: so both sides know the same, whatever its version. Throws
/// std::runtime_error where the library keeps them in another way.
contact::PlanText plans_of_the_library();

}  // namespace switchboard::tests
