#pragma once

#include <map>
#include <string>

#include "host/scaffold/plan/plan.h"

namespace switchboard::scaffold {

// One file of the connector each. Whatever stands in the plan, they are well formed: texts of the document stand in literals and
// comments of plain ASCII, in JSON strings, and in the README as code.
std::string manifest_json(const Plan& plan);
std::string connector_header(const Plan& plan);
std::string connector_source(const Plan& plan);
std::string request_source(const Plan& plan);
std::string response_source(const Plan& plan);
std::string sandbox_source(const Plan& plan);
std::string readme(const Plan& plan);

/// All of them by name.
std::map<std::string, std::string> connector_files(const Plan& plan);

}  // namespace switchboard::scaffold
