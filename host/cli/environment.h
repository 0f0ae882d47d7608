#pragma once

#include <string>
#include <vector>

namespace switchboard::cli {

/// A sentence for each of these variables that looks like a misspelt option of ours (SWITCHBOARD_REGOIN) and would be passed
/// over in silence. `variables`: "NAME=VALUE", as in environ.
std::vector<std::string> misspelt_variables(const std::vector<std::string>& variables);

/// Those of this process.
std::vector<std::string> environment();

}  // namespace switchboard::cli
