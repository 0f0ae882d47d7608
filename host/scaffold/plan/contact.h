#pragma once

#include "host/scaffold/plan/choice.h"

namespace switchboard::scaffold {

/// The fields of the manifest, how they stand in a contact, what tells contacts apart; and the members beside a list of them.
void plan_contact(const ContactPlace& place, const Shape& body, Plan& plan);

/// A JSON Schema's pattern (found anywhere) as the manifest's (the whole value); empty: the host cannot use it.
std::string whole_pattern(const std::string& pattern);

}  // namespace switchboard::scaffold
