#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/scaffold/document/shape.h"
#include "host/scaffold/plan/plan.h"

namespace switchboard::scaffold {

/// Where the contacts are in a body.
struct ContactPlace {
  Body::Kind kind = Body::Kind::Single;
  std::string list;            ///< of Wrapped
  Shape contact;
  std::uint64_t most = 0;      ///< contacts in a list; 0: not said
  int likeness = 0;
};

/// nullopt: there is no object in it that could be a contact.
std::optional<ContactPlace> contact_place(const Shape& body);
/// The schema of what an operation sends: JSON, else a form. nullptr: neither.
const kit::Json* body_schema(const ShapeReader& reader, const Operation& operation, bool& form);

struct Choice {
  Operation operation;
  std::vector<std::string> others;  ///< what else could have been meant, the likeliest first
  bool chosen_here = false;         ///< nobody named it
};

/// The operation that imports contacts. `wanted`: an operationId or "POST /contacts"; empty: the likeliest.
/// Errors (Usage), which name the choices: there is none of that name, none that looks like it, several that do alike.
Result<Choice> choose_operation(const Document& document, const std::string& wanted);

}  // namespace switchboard::scaffold
