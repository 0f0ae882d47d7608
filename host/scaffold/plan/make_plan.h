#pragma once

#include "core/base/result.h"
#include "host/scaffold/plan/choice.h"

namespace switchboard::scaffold {

/// What the document says of the connector that is to be made, and what it does not. `id`: the connector's.
/// Errors (Usage): the operation sends no JSON, or nothing that could be a contact; references that lead out of the document.
Result<Plan> make_plan(const Document& document, const Operation& operation, const std::string& id);

}  // namespace switchboard::scaffold
