#pragma once

#include <switchboard/kit/json.h>

#include <string>
#include <vector>

namespace switchboard::conformance {

/// Members of a manifest, at any depth, that the schema (sdk/schema/manifest.schema.json, compiled in) does not know:
/// "limits.recods_per_request", "auth[].secrets[].identifing". Each once, sorted. The host passes over such members.
std::vector<std::string> unknown_members(const kit::Json& manifest);

}  // namespace switchboard::conformance
