#include <fmt/format.h>

#include <algorithm>

#include "core/base/nearest.h"
#include "host/cli/commands.h"
#include "host/cli/exit_code.h"
#include "host/cli/shell_scripts.h"

namespace switchboard::cli {

Result<int> run_completions(const Options& options, Terminal& terminal) {
  const auto& shells = completed_shells();
  const std::string& shell = options.arguments()[0];
  if (std::find(shells.begin(), shells.end(), shell) == shells.end())
    return usage_error(fmt::format("There are no completions for \"{}\"{}.", shell, did_you_mean(shell, shells)),
                       fmt::format("There are some for {}.", fmt::join(shells, ", ")));
  terminal.print(completion_script(shell));
  return kDone;
}

Result<int> run_manual(const Options&, Terminal& terminal) {
  terminal.print(manual_page());
  return kDone;
}

}  // namespace switchboard::cli
