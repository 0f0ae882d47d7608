#include "host/cli/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace switchboard::cli {
namespace {

bool wants_colour(int descriptor) {
  if (const char* no = std::getenv("NO_COLOR"); no && *no) return false;
  const char* term = std::getenv("TERM");
  return isatty(descriptor) && term && std::string_view(term) != "dumb";
}

}  // namespace

Terminal::Terminal(const Options& options, StandardOutput& output)
    : output_(output),
      quiet_(options.on("quiet")),
      verbose_(options.on("verbose")),
      json_(options.text("output").value_or("text") == "json"),
      colour_out_(wants_colour(STDOUT_FILENO)),
      colour_err_(wants_colour(STDERR_FILENO)) {}

void Terminal::note(std::string_view text) const {
  if (!quiet_) std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

void Terminal::detail(std::string_view text) const {
  if (verbose_ && !quiet_) std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

void Terminal::complain(const Error& error) {
  std::fprintf(stderr, "switchboard: %s\n", error.message.c_str());
  if (!error.remedy.empty()) std::fprintf(stderr, "  %s\n", error.remedy.c_str());
}

}  // namespace switchboard::cli
