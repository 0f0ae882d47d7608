#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.h"
#include "host/scaffold/document/shape.h"
#include "host/scaffold/plan/plan.h"

namespace switchboard::scaffold {

/// A setting for a value that is the same for a whole import; its place among the plan's. `help`: instead of the document's words.
std::size_t add_setting(const std::string& name, const Shape& shape, bool required, const std::string& help, Plan& plan);

/// Where requests go and with which credential: servers, security schemes, path, query and headers of the operation.
/// Error (Usage): a path that cannot be one, a reference that leads out of the document.
Result<void> plan_account(const Document& document, const Operation& operation, Plan& plan);

/// A path template as pieces; each parameter becomes a setting, but for those of `known`, which are the job's id.
/// Error (Usage): it does not begin with '/', or climbs.
Result<std::vector<Piece>> pieces_of(const std::string& path, const std::string& job_parameter, const Document& document, const Operation& operation, Plan& plan);

/// The parameters of an operation, its own before those of its path, references followed.
std::vector<const kit::Json*> parameters_of(const Document& document, const Operation& operation);

/// A harmless GET that shows whether the credential holds; none: nothing.
void plan_probe(const Document& document, const Operation& import, Plan& plan);

}  // namespace switchboard::scaffold
