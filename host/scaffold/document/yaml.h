#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::scaffold {

/// YAML (the one document of a file) as JSON text. Plain scalars that JSON has too (null, true, numbers) are those, everything
/// else is text, also what YAML 1.1 takes for something else ("no", dates). Aliases are written out.
/// Errors (Usage): no YAML, with the line; deeper than JSON is read; more than `most_bytes` of JSON (aliases of aliases).
Result<std::string> yaml_as_json(std::string_view text, std::size_t most_bytes);

}  // namespace switchboard::scaffold
