#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace switchboard::cli {

// Made of the tables that make the parser and the help (commands(), flags()): what they say is never older than the program.

/// "bash", "zsh", "fish".
const std::vector<std::string>& completed_shells();

/// A script that completes commands, options and the words that an option takes; `shell` is one of completed_shells().
std::string completion_script(std::string_view shell);

/// The manual page switchboard(1), for man.
std::string manual_page();

}  // namespace switchboard::cli
