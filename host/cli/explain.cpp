#include <fmt/format.h>

#include "core/base/json_text.h"
#include "core/base/nearest.h"
#include "host/cli/code_help.h"
#include "host/cli/commands.h"

namespace switchboard::cli {

Result<int> run_explain(const Options& options, Terminal& terminal) {
  std::vector<std::string> known;
  std::string all;
  for (const auto& help : all_codes()) {
    known.emplace_back(help.code);
    all += fmt::format("  {:<28} {}\n", help.code, help.meaning);
  }
  if (options.arguments().empty()) {
    terminal.print("Codes that a report may hold. `switchboard explain CODE` says what to do.\n\n" + all);
    return 0;
  }
  const std::string& code = options.arguments()[0];
  for (const auto& help : all_codes()) {
    if (code != help.code) continue;
    if (terminal.json()) {
      JsonWriter json;
      json.begin_object().member("code", help.code).member("meaning", help.meaning).member("what_to_do", help.what_to_do);
      terminal.print(json.end_object().take() + "\n");
    } else {
      terminal.print(code + "\n  What it means: " + help.meaning + "\n  What to do:    " + help.what_to_do + "\n");
    }
    return 0;
  }
  return Error{ErrorKind::Usage, "\"" + code + "\" is no code of Switchboard's" + did_you_mean(code, known) + ".",
               "A code that a vendor gave is explained by the message beside it in the report. `switchboard explain` "
               "lists ours."};
}

}  // namespace switchboard::cli
