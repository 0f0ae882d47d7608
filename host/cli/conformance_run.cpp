#include "host/cli/conformance_run.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "core/base/absolute_path.h"
#include "host/cli/exit_code.h"
#include "host/cli/own_files.h"
#include "host/connectors/connector_limits.h"

namespace switchboard::cli {

Result<int> check_library(const std::string& path, const std::vector<std::string>& options, Terminal& terminal) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return Error{ErrorKind::Usage, "There is no library " + path + ".", "Give the path of a connector's .so file."};
  if (std::filesystem::file_size(path, ignored) > connectors::kMaxFileBytes)
    return Error{ErrorKind::Usage, path + " is too large for a connector.", "Strip its debug information."};
  const auto program = own_program("swb-conformance");
  if (!program)
    return Error{ErrorKind::Usage, "The conformance kit (swb-conformance) is not installed beside this program.",
                 "Install Switchboard whole (cmake --install)."};
  std::vector<std::string> words = {"swb-conformance"};
  words.insert(words.end(), options.begin(), options.end());
  if (terminal.json()) words.emplace_back("--json");
  words.push_back(absolute_path(path));
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  terminal.flush();
  const pid_t child = fork();
  if (child < 0) return Error{ErrorKind::Internal, "No process can be started for the checks.", "Free some memory."};
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // whoever ends this program alone ends the checks
    execv(program->c_str(), arguments.data());
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    terminal.print("FAILED  the library killed the checking process (signal " + std::to_string(WTERMSIG(status)) + ")\n");
    return kSomeRowsRejected;
  }
  constexpr int kWrongUsage = 2, kNotPrinted = 3;  // see `swb-conformance --help`
  if (WEXITSTATUS(status) == kWrongUsage) return kUsage;
  if (WEXITSTATUS(status) == kNotPrinted) return kInternal;
  return WEXITSTATUS(status) == 0 ? kDone : kSomeRowsRejected;
}

}  // namespace switchboard::cli
