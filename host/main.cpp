#include <fcntl.h>

#include <exception>
#include <filesystem>
#include <string>

#include "core/contact/numbering_plan.h"
#include "host/cli/arguments.h"
#include "host/cli/commands.h"
#include "host/cli/environment.h"
#include "host/cli/exit_code.h"
#include "host/cli/options.h"
#include "host/cli/signals.h"
#include "host/cli/terminal.h"
#include "host/connectors/connector.h"
#include "host/connectors/worker/worker.h"

namespace {

using namespace switchboard;
using namespace switchboard::cli;

/// A descriptor that is closed is given to the next file that is opened, and what is printed would land in it. Nothing can
/// be written to what stands there instead.
void occupy_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor)
    if (::fcntl(descriptor, F_GETFD) == -1) ::open("/dev/null", O_RDONLY);  // takes the lowest free one: this one
}

Result<int> run(const std::vector<std::string>& words, StandardOutput& output) {
  auto invocation = parse_arguments(words);
  if (!invocation) return invocation.error();
  if (invocation->wants == Invocation::Wants::Version) {
    output.write("switchboard " SWITCHBOARD_VERSION "\nphone plans " + std::string(contact::newest_plan().version()) + "\n");
    return kDone;
  }
  if (invocation->wants == Invocation::Wants::Help) {
    output.write(help(invocation->command));
    return words.empty() ? kUsage : kDone;
  }
  auto options = Options::resolve(*invocation);
  if (!options) return options.error();
  static Terminal terminal(*options, output);  // outlives every thread that may log
  if (terminal.verbose())
    connectors::set_log([](std::uint32_t, const std::string& connector, const std::string& line) {
      terminal.detail("connector " + connector + ": " + line);
    });
  for (const auto& sentence : misspelt_variables(environment())) terminal.note(sentence);
  const CommandSpec& command = *find_command(invocation->command);
  auto done = command.run(*options, terminal);
  if (!done && done.error().kind == ErrorKind::Unavailable && Signals::received() != 0 && command.asks_only)
    terminal.note("Interrupted: nothing was sent.");  // the others say themselves how far they came
  return done;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 0 && std::filesystem::path(argv[0]).filename() == "switchboard-worker") return connectors::worker::live(argc, argv);
  connectors::set_program_is_worker(true);
  occupy_standard_descriptors();
  static StandardOutput output;  // outlives the terminal
  try {
    const auto exit_code = run({argv + 1, argv + argc}, output);
    const int stopped = Signals::received();
    const bool given_up = !exit_code && stopped != 0 && exit_code.error().kind == ErrorKind::Unavailable;
    if (!exit_code && !given_up) Terminal::complain(exit_code.error());
    if (const auto printed = output.finish(); !printed) {
      Terminal::complain(printed.error());
      return kInternal;
    }
    if (given_up) return stopped;
    return exit_code ? *exit_code : exit_code_of(exit_code.error().kind);
  } catch (const std::exception& error) {
    output.flush();
    Terminal::complain({ErrorKind::Internal, std::string("A defect of Switchboard's: ") + error.what() + ".",
                        "What was sent is in the ledger; `switchboard resume` goes on. Please report this."});
    return kInternal;
  }
}
