#include <fmt/format.h>

#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/conformance_run.h"
#include "host/cli/exit_code.h"
#include "host/cli/new_connector.h"
#include "host/connectors/registry.h"

namespace switchboard::cli {
namespace {

Result<int> list_connectors(const Options& options, Terminal& terminal) {
  const auto path = connectors::search_path(options.list("connector-path"));
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.connectors/1").key("connectors").begin_array();
  std::string text;
  for (const auto& listed : connectors::list(path)) {
    json.new_line().begin_object().member("id", listed.id).member("version", listed.version).member("path", listed.path);
    json.member_or_null("problem", listed.problem).end_object();
    text += fmt::format("{:<12} {:<10} {}\n", listed.id, listed.version, listed.problem.empty() ? listed.path : listed.problem);
  }
  json.end_array().end_object();
  if (text.empty()) {
    text = "No connector was found. Looked in:\n";
    for (const auto& directory : path) text += "  " + directory + "\n";
  }
  if (terminal.json())
    terminal.print(json.take() + "\n");
  else
    terminal.print_foreign(text);
  return kDone;
}

/// What is said to `connectors check` goes to the judge as it is.
Result<int> judge(const std::string& library, const Options& options, Terminal& terminal) {
  std::vector<std::string> arguments;
  for (const auto& check : options.list("only")) arguments.insert(arguments.end(), {"--only", check});
  for (const char* flag : {"seed", "rows"}) {
    const auto number = options.number(flag);
    if (!number) return number.error();
    if (*number) arguments.insert(arguments.end(), {std::string("--") + flag, std::to_string(**number)});
  }
  if (const auto directory = options.text("answers")) arguments.insert(arguments.end(), {"--answers", *directory});
  if (const auto settings = options.text("judge-settings")) arguments.insert(arguments.end(), {"--settings", *settings});
  if (const auto switches = options.text("sandbox-options")) arguments.insert(arguments.end(), {"--sandbox-options", *switches});
  return check_library(library, arguments, terminal);
}

}  // namespace

Result<int> run_connectors(const Options& options, Terminal& terminal) {
  const auto& words = options.arguments();
  if (words.empty() || words[0] == "list") return list_connectors(options, terminal);
  if (words[0] == "check" && words.size() == 2) return judge(words[1], options, terminal);
  if (words[0] == "new" && words.size() == 2) return new_connector(words[1], options, terminal);
  if (words[0] == "check" || words[0] == "new")
    return Error{ErrorKind::Usage, "`switchboard connectors " + words[0] + "` needs " + (words[0] == "check" ? "a library." : "a name."),
                 words[0] == "check" ? "For example: switchboard connectors check ./acme.so"
                                     : "For example: switchboard connectors new acme"};
  return Error{ErrorKind::Usage, "`switchboard connectors` knows check and new, not \"" + words[0] + "\".",
               "`switchboard describe " + words[0] + "` tells about one connector."};
}

}  // namespace switchboard::cli
