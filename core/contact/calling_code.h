#pragma once

#include <string>
#include <string_view>

#include "core/contact/numbering_plan.h"

namespace switchboard::contact {

/// What a cell that is known to hold a calling code says. Digits only.
struct DialCode {
  std::string code;  ///< "44"; empty: there is no such code
  std::string area;  ///< of a compound one ("1-684", "44-1481", "39-06"): what goes before the number beside it
};

/// Reads "+44", "0044", "(+44)", "44.0", "1-684", "1684", "+599-9", also with more beside it ("+1 (US)"), or a country
/// ("US", "Germany") in its place. Which codes there are `plan` says.
DialCode read_dial_code(std::string_view text, const NumberingPlan& plan);

/// True for a calling code that exists, in digits and nothing beside it: "44", "+44", "0044", "44.0", "1-684".
bool is_calling_code(std::string_view text, const NumberingPlan& plan);

}  // namespace switchboard::contact
