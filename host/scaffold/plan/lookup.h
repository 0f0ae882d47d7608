#pragma once

#include "host/scaffold/document/document.h"
#include "host/scaffold/plan/plan.h"

namespace switchboard::scaffold {

/// The operation that lists the account's contacts in pages, where the document says how they are asked for and which member of
/// a contact is the one that it is known by; none: nothing.
void plan_lookup(const Document& document, const Operation& import, Plan& plan);

}  // namespace switchboard::scaffold
