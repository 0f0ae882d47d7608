#pragma once

#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/contact/numbering_plan.h"
#include "host/jobs/words.h"

namespace switchboard::jobs {

/// Who says which phone numbers exist: the tree's tables of the numbering plans, or libphonenumber with its own (older) ones. Each has
/// its word here, its plans in plan_of() and its words for people in help_of().
enum class PhoneEngine { Tables, Libphonenumber };
/// A word is never taken away: jobs remember it.
template <>
struct Words<PhoneEngine> {
  static constexpr std::pair<std::string_view, PhoneEngine> kTable[] = {{"tables", PhoneEngine::Tables},
                                                                        {"libphonenumber", PhoneEngine::Libphonenumber}};
};

/// "our tables"
std::string_view help_of(PhoneEngine engine);

/// The numbering plans of an engine. libphonenumber's are in a library beside the program's own (lib/switchboard), which is
/// loaded at the first call and stays. Error (Usage): it is not there, or cannot be loaded.
Result<const contact::NumberingPlan*> plan_of(PhoneEngine engine);

}  // namespace switchboard::jobs
