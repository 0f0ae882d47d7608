#include "host/cli/code_help.h"

#include <algorithm>
#include <string_view>

#include "host/engine/job/codes.h"

namespace switchboard::cli {

std::vector<mapping::CodeHelp> all_codes() {
  std::vector<mapping::CodeHelp> all = mapping::issue_codes();
  all.insert(all.end(), engine::codes().begin(), engine::codes().end());
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return std::string_view(a.code) < std::string_view(b.code); });
  return all;
}

}  // namespace switchboard::cli
