#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::scaffold {

/// A connector that was made from a document.
struct Scaffold {
  std::map<std::string, std::string> files;  ///< by name, beside those of the SDK's template
  std::string operation;                     ///< the import, as it is shown
  std::vector<std::string> others;           ///< that could have been meant, where nobody named one
  std::vector<std::pair<std::string, std::string>> marks;  ///< file and what is to be filled in there
};

/// Makes the connector `id` from an OpenAPI document (JSON or YAML) as far as that goes. `name` stands in messages; `operation`: an
/// operationId or "POST /path", empty: the likeliest. Pure: the same document gives the same files.
/// Errors (Usage): no such document, no operation or several that could be the import, references out of the document.
Result<Scaffold> from_openapi(std::string_view document, const std::string& name, const std::string& operation, const std::string& id);

/// The namespace of a connector's code: its id, or another name where the id means something to C++.
std::string namespace_of(const std::string& id);

}  // namespace switchboard::scaffold
