#include "host/cli/environment.h"

#include <unistd.h>

#include <algorithm>

#include "core/base/nearest.h"
#include "host/cli/flags.h"

namespace switchboard::cli {

std::vector<std::string> misspelt_variables(const std::vector<std::string>& variables) {
  constexpr std::string_view kPrefix = "SWITCHBOARD_";
  std::vector<std::string> known;  // without the prefix, which would make all of them alike
  for (const auto& flag : flags())
    if (flag.groups != kConfigOnly) known.push_back(flag_variable(flag.key()).substr(kPrefix.size()));
  std::vector<std::string> sentences;
  for (const auto& variable : variables) {
    const std::string name = variable.substr(0, variable.find('='));
    if (!name.starts_with(kPrefix) || name == kPrefix) continue;
    const std::string option = name.substr(kPrefix.size());
    if (std::ranges::find(known, option) != known.end()) continue;
    // One that resembles nothing may be a secret, whose names only connectors and profiles know.
    if (const auto near = nearest(option, known))
      sentences.push_back("Note: the environment variable " + name + " is no option of ours; " + std::string(kPrefix) + *near + " is.");
  }
  return sentences;
}

std::vector<std::string> environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  return variables;
}

}  // namespace switchboard::cli
