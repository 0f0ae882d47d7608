#include "host/cli/code_help.h"

#include <algorithm>
#include <string_view>

#include "host/engine/job/codes.h"

namespace switchboard::cli {

std::vector<mapping::CodeHelp> all_codes() {
  std::vector<mapping::CodeHelp> all = mapping::issue_codes();
  auto is_known = [&all](const mapping::CodeHelp& help) {
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& known) { return std::string_view(known.code) == help.code; });
  };
  for (const auto& help : engine::codes())
    if (!is_known(help)) all.push_back(help);
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return std::string_view(a.code) < std::string_view(b.code); });
  return all;
}

}  // namespace switchboard::cli
