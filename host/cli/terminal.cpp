#include "host/cli/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "core/base/display_text.h"

namespace switchboard::cli {
namespace {

/// What files and vendors say reaches people in messages: it must not move their cursor.
void write_line(const std::string& prefix, std::string_view text) {
  const std::string line = prefix + plain_lines(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

bool wants_colour() {
  if (const char* no = std::getenv("NO_COLOR"); no && *no) return false;
  const char* term = std::getenv("TERM");
  return term && std::string_view(term) != "dumb";
}

}  // namespace

Terminal::Terminal(const Options& options, StandardOutput& output)
    : output_(output),
      quiet_(options.on("quiet")),
      verbose_(options.on("verbose")),
      json_(options.text("output").value_or("text") == "json"),
      to_terminal_(isatty(STDOUT_FILENO) != 0),
      colour_out_(to_terminal_ && wants_colour()) {}

bool Terminal::print_foreign(std::string_view text) { return to_terminal_ ? print(plain_lines(text)) : print(text); }

void Terminal::note(std::string_view text) const {
  if (!quiet_) write_line("", text);
}

void Terminal::detail(std::string_view text) const {
  if (verbose_ && !quiet_) write_line("", text);
}

void Terminal::complain(const Error& error) {
  write_line("switchboard: ", error.message);
  if (!error.remedy.empty()) write_line("  ", error.remedy);
}

}  // namespace switchboard::cli
