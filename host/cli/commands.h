#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "host/cli/options.h"
#include "host/cli/terminal.h"

namespace switchboard::cli {

/// One command: this table makes the parser, the help, the completions and docs/cli.md, and says what runs.
struct CommandSpec {
  std::string_view name;
  std::string_view arguments;  ///< "FILE --to CONNECTOR"
  std::string_view summary;    ///< one line
  std::string_view example;    ///< first thing that its help shows
  std::uint32_t groups;        ///< which flags it takes
  std::size_t least_arguments, most_arguments;
  Result<int> (*run)(const Options&, Terminal&);  ///< the exit code; an Error is printed by main
  bool asks_only = false;                         ///< sends no contact, and says nothing itself where it is interrupted
};

const std::vector<CommandSpec>& commands();
const CommandSpec* find_command(std::string_view name);

// One function a command, each in the file of its name. They return the exit code; an Error is printed by main.
Result<int> run_import(const Options& options, Terminal& terminal);
Result<int> run_check(const Options& options, Terminal& terminal);
Result<int> run_resume(const Options& options, Terminal& terminal);
Result<int> run_preview(const Options& options, Terminal& terminal);
Result<int> run_map(const Options& options, Terminal& terminal);
Result<int> run_inspect(const Options& options, Terminal& terminal);
Result<int> run_read(const Options& options, Terminal& terminal);
Result<int> run_jobs(const Options& options, Terminal& terminal);
Result<int> run_report(const Options& options, Terminal& terminal);
Result<int> run_forget(const Options& options, Terminal& terminal);
Result<int> run_connectors(const Options& options, Terminal& terminal);
Result<int> run_describe(const Options& options, Terminal& terminal);
Result<int> run_probe(const Options& options, Terminal& terminal);
Result<int> run_sandbox(const Options& options, Terminal& terminal);
Result<int> run_doctor(const Options& options, Terminal& terminal);
Result<int> run_completions(const Options& options, Terminal& terminal);
Result<int> run_manual(const Options& options, Terminal& terminal);
Result<int> run_explain(const Options& options, Terminal& terminal);

}  // namespace switchboard::cli
