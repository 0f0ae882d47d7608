#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/cli/flags.h"

namespace switchboard::cli {

/// A command line, taken apart; values are not interpreted yet.
struct Invocation {
  enum class Wants { Run, Help, Version };
  Wants wants = Wants::Run;
  std::string command;                                     ///< empty with --help or --version alone
  std::vector<std::string> arguments;                      ///< what is not a flag
  std::map<std::string, std::vector<std::string>> flags;   ///< by name; a switch has the value "true"
};

/// Errors (Usage): unknown command or flag (with the nearest known one), a missing value or argument.
Result<Invocation> parse_arguments(const std::vector<std::string>& arguments);

/// What each exit code means, in lines as the help shows them.
std::string_view exit_code_words();

/// The help of a command, or of the whole program where `command` is empty.
std::string help(const std::string& command);

}  // namespace switchboard::cli
