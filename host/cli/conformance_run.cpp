#include "host/cli/conformance_run.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "host/cli/exit_code.h"
#include "host/cli/own_files.h"

namespace switchboard::cli {

Result<int> check_library(const std::string& path, Terminal& terminal) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return Error{ErrorKind::Usage, "There is no library " + path + ".", "Give the path of a connector's .so file."};
  const auto program = own_program("swb-conformance");
  if (!program)
    return Error{ErrorKind::Usage, "The conformance kit (swb-conformance) is not installed beside this program.",
                 "Install Switchboard whole (cmake --install)."};
  terminal.flush();
  const pid_t child = fork();
  if (child < 0) return Error{ErrorKind::Internal, "No process can be started for the checks.", "Free some memory."};
  if (child == 0) {
    const std::string absolute = std::filesystem::absolute(path).string();
    execl(program->c_str(), "swb-conformance", absolute.c_str(), terminal.json() ? "--json" : nullptr, nullptr);
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    terminal.print("FAILED  the library killed the checking process (signal " + std::to_string(WTERMSIG(status)) + ")\n");
    return kSomeRowsRejected;
  }
  constexpr int kNotPrinted = 3;  // see `swb-conformance --help`
  if (WEXITSTATUS(status) == kNotPrinted) return kInternal;
  return WEXITSTATUS(status) == 0 ? kDone : kSomeRowsRejected;
}

}  // namespace switchboard::cli
