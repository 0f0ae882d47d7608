#include <cerrno>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>

#include "host/cli/arguments.h"
#include "host/cli/commands.h"
#include "host/cli/exit_code.h"
#include "host/connectors/connector.h"

namespace {

using namespace switchboard;
using namespace switchboard::cli;

Result<int> run(const std::vector<std::string>& words) {
  auto invocation = parse_arguments(words);
  if (!invocation) return invocation.error();
  if (invocation->wants == Invocation::Wants::Version) {
    std::puts("switchboard " SWITCHBOARD_VERSION);
    return kDone;
  }
  if (invocation->wants == Invocation::Wants::Help) {
    std::fputs(help(invocation->command).c_str(), stdout);
    return words.empty() ? kUsage : kDone;
  }
  auto options = Options::resolve(*invocation);
  if (!options) return options.error();
  static Terminal terminal(*options);  // outlives every thread that may log
  if (terminal.verbose())
    connectors::set_log([](std::uint32_t, const std::string& connector, const std::string& line) {
      terminal.detail("connector " + connector + ": " + line);
    });
  using Command = Result<int> (*)(const Options&, Terminal&);
  static const std::map<std::string, Command> table = {
      {"import", run_import},   {"check", run_check},     {"preview", run_preview},       {"map", run_map},
      {"inspect", run_inspect}, {"read", run_read},       {"resume", run_resume},         {"jobs", run_jobs},
      {"report", run_report},   {"forget", run_forget},   {"connectors", run_connectors}, {"describe", run_describe},
      {"probe", run_probe},     {"sandbox", run_sandbox}, {"explain", run_explain},
  };
  return table.at(invocation->command)(*options, terminal);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    auto exit_code = run({argv + 1, argv + argc});
    // A reader that has seen enough (`| head`) closes the pipe.
    if (std::fflush(stdout) != 0 && errno != EPIPE && exit_code && *exit_code == kDone)
      exit_code = Error{ErrorKind::Storage, "Standard output cannot be written.", "Check the disk, or where the output goes."};
    if (exit_code) return *exit_code;
    Terminal::complain(exit_code.error());
    return exit_code_of(exit_code.error().kind);
  } catch (const std::exception& error) {
    Terminal::complain({ErrorKind::Internal, std::string("A defect of Switchboard's: ") + error.what() + ".",
                        "What was sent is in the ledger; `switchboard resume` goes on. Please report this."});
    return kInternal;
  }
}
