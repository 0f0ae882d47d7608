#include <fmt/format.h>

#include "host/cli/commands.h"
#include "host/cli/shell_scripts.h"

namespace switchboard::cli {
namespace {

/// Text as man's language takes it: no letter of it is a request.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '.' || c == '\'') && (i == 0 || text[i - 1] == '\n')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string manual_page() {
  std::string page =
      ".TH SWITCHBOARD 1 \"\" \"switchboard " SWITCHBOARD_VERSION "\"\n"
      ".SH NAME\nswitchboard \\- carries contact lists into vendor platforms and accounts for every row\n"
      ".SH SYNOPSIS\n.B switchboard\n.I COMMAND\n.RI [ OPTIONS ]\n"
      ".SH COMMANDS\n";
  for (const auto& command : commands()) {
    page += fmt::format(".TP\n.B switchboard {} {}\n{}.\n", roff(command.name), roff(command.arguments), roff(command.summary));
    page += fmt::format(".br\nFor example: {}\n", roff(command.example));
  }
  page += ".SH OPTIONS\nIn brackets: the commands that take it. Each can also stand in switchboard.yaml and in the environment.\n";
  for (const auto& flag : flags()) {
    std::string takers;
    bool all = true;
    for (const auto& command : commands()) {
      const bool takes = (flag.groups & command.groups) != 0;
      all = all && takes;
      if (takes) takers += (takers.empty() ? "" : " ") + std::string(command.name);
    }
    if (takers.empty()) continue;
    const std::string letter = flag.letter != 0 ? fmt::format("\\-{}, ", flag.letter) : "";
    page += fmt::format(".TP\n.BR {}\\-\\-{}{}\n{}{} [{}]\n.br\n{}\n", letter.empty() ? "" : "\"" + letter + "\" ", roff(flag.name),
                        flag.value.empty() ? "" : " \" " + roff(flag.value) + "\"", roff(flag.help),
                        flag.fallback.empty() ? "" : fmt::format(" (default {})", roff(flag.fallback)), all ? "all" : roff(takers), flag_variable(flag.key()));
  }
  page += ".SH EXIT STATUS\n.nf\n" + roff(exit_code_words()) + ".fi\n";
  page +=
      ".SH ENVIRONMENT\nCredentials stand in the environment only, as SWITCHBOARD_<CONNECTOR>_<SECRET>; "
      "`switchboard describe CONNECTOR` names them.\n"
      ".SH FILES\n.TP\n.I ./switchboard.yaml\nwhat a folder says\n.TP\n.I $XDG_CONFIG_HOME/switchboard/config.yaml\nwhat the user says\n"
      ".TP\n.I $XDG_STATE_HOME/switchboard\nthe ledger: what became of every row\n";
  return page;
}

}  // namespace switchboard::cli
