#include "host/cli/flags.h"

#include <cctype>

#include "core/input/formats.h"
#include "core/report/formats.h"
#include "host/jobs/job_request.h"

namespace switchboard::cli {
namespace {

std::string_view report_file_help() {
  static const std::string text = "write the report: " + report::file_endings() + " by its ending; repeatable";
  return text;
}

std::string_view format_help() {
  static const std::string text = "the file's format, instead of the one found (" + input::registry().names() + ")";
  return text;
}

std::string_view phone_engine_help() {
  static const std::string text = [] {
    std::string list;
    for (const auto& [word, engine] : jobs::Words<jobs::PhoneEngine>::kTable)
      list += (list.empty() ? "who says which numbers exist: " : ", or ") + std::string(jobs::help_of(engine));
    return list;
  }();
  return text;
}

/// "first|last|keep": what an option of a request may say.
template <class Enum>
std::string_view words() {
  static const std::string text = [] {
    std::string list;
    for (const auto& [word, value] : jobs::Words<Enum>::kTable) list += (list.empty() ? "" : "|") + std::string(word);
    return list;
  }();
  return text;
}

template <class Enum>
constexpr std::string_view first_word() {
  return jobs::Words<Enum>::kTable[0].first;
}

}  // namespace

const std::vector<FlagSpec>& flags() {
  using enum FlagKind;
  static const std::vector<FlagSpec> table = {
      // What goes where.
      {"to", 0, List, kMaps, "CONNECTOR", "the vendor to import into; repeat it to import into several", ""},
      {"profile", 0, Text, kMaps | kSends, "NAME", "settings and credentials of that name in the configuration file", ""},
      {"set", 0, List, kMaps | kSends, "KEY=VALUE", "a setting of the connector; CONNECTOR.KEY=VALUE binds it to one", ""},
      {"sandbox", 0, Switch, kImports | kSends, "", "start the connector's own emulator and send there", ""},
      {"base-url", 0, List, kMaps | kSends, "URL", "send to this address instead of the vendor's; CONNECTOR=URL binds it to one", "", FromFolder::Refused},
      {"ca-file", 0, Text, kSends, "FILE", "certificates to trust instead of the system's (PEM)", "", FromFolder::Refused},
      // Reading.
      {"format", 0, Text, kReads, "NAME", format_help(), ""},
      {"encoding", 0, Text, kReads, "NAME", "the file's encoding, instead of the one found (UTF-8, windows-1252, …)", ""},
      {"delimiter", 0, Text, kReads, "CHAR", "the column delimiter, instead of the one found; `tab` for tabs", ""},
      {"sheet", 0, Text, kReads, "NAME|N", "the sheet of a workbook to read", ""},
      {"no-header", 0, Switch, kReads, "", "the first line is a record; columns are column_1, column_2, …", ""},
      {"limit", 0, Number, kReads, "N", "read only the first N records", ""},
      // Mapping.
      {"map", 0, Text, kMaps, "FILE", "use this mapping file (see `switchboard map --out`)", ""},
      {"field", 0, List, kMaps, "FIELD=COLUMN", "map one column by hand", ""},
      {"custom-columns", 0, List, kMaps, "all|COLUMN,…", "columns to send as custom fields; none are by themselves", ""},
      {"region", 0, Text, kMaps, "CC", "country of phone numbers that do not say theirs (ISO code: US, DE, …)", ""},
      {"phone-engine", 0, Text, kMaps, words<jobs::PhoneEngine>(), phone_engine_help(), first_word<jobs::PhoneEngine>()},
      {"out", 0, Text, kWritesMap, "FILE", "write the mapping to this file (YAML)", "", FromFolder::PathsInside},
      {"people", 0, Text, kMaps, words<mapping::PeoplePolicy>(), "which of several people in a row to send (default: what the mapping says, else `first`)", ""},
      // Which rows.
      {"duplicates", 0, Text, kSorts, words<engine::Duplicates>(), "which of several rows for the same contact to send", first_word<engine::Duplicates>()},
      {"shared-numbers", 0, Text, kSorts, words<jobs::SharedNumbers>(), "rows with one number under several names, where a number is a contact", first_word<jobs::SharedNumbers>()},
      {"suppress", 0, Text, kSorts, "FILE", "never send the contacts in this file (phones, e-mail addresses)", ""},
      {"suppress-partly", 0, Switch, kSorts, "", "go on although lines of that file cannot be read", ""},
      {"ignore-consent", 0, Switch, kRuns | kSends, "", "send rows whose columns say no; never remembered", "", FromFolder::Refused},
      {"only-new", 0, Switch, kSorts, "", "skip what earlier jobs delivered to this account, unchanged", ""},
      {"again", 0, Switch, kRuns, "", "import this file although it was imported before", ""},
      {"dry-run", 0, Switch, kImports, "", "everything but sending (the same as `switchboard check`)", ""},
      // Sending.
      {"concurrency", 0, Number, kSends, "N", "requests at the same time, never above the connector's limit", ""},
      {"batch-size", 0, Number, kSends | kRuns, "N", "contacts a request, never above the connector's limit", ""},
      {"max-errors", 0, Number, kRuns | kResumes, "N", "stop when more than N rows are rejected or failed", ""},
      {"timeout", 0, Number, kSends, "SECONDS", "longest wait for one request", ""},
      {"resend-unknown", 0, Switch, kResumes, "", "send rows of unknown fate again, although they may be stored twice", ""},
      // Results.
      {"rejects", 0, Text, kRuns | kResumes, "FILE", "the rejects file (default NAME.rejects.EXT here)", "", FromFolder::PathsInside},
      {"contacts", 0, Text, kRuns, "FILE", "write the contacts as they go out (NDJSON)", "", FromFolder::PathsInside},
      {"report", 0, List, kRuns | kResumes, "FILE", report_file_help(), "", FromFolder::PathsInside},
      {"output", 0, Text, kPrints, "text|json", "form of what is printed on standard output", "text"},
      {"output", 0, Text, kReports, report::format_words(), "the same as --format", "text"},
      {"format", 0, Text, kDescribes, "text|json|markdown", "form of the description", "text", FromFolder::Taken,
       "describe-format"},
      {"format", 0, Text, kReports, report::format_words(), "form of the report", "text", FromFolder::Taken,
       "report-format"},
      {"progress", 0, Text, kRuns | kResumes, "auto|bar|plain|none", "how progress is shown on standard error", "auto"},
      // Serving an emulator.
      {"fault", 0, List, kServes, "FAULT", "play this fault (see docs/formats.md, Sandbox faults); repeatable", ""},
      {"option", 0, List, kServes, "KEY=VALUE", "a switch of the emulator (see the connector's README)", ""},
      {"port", 0, Number, kServes, "N", "listen on this port (default: any free one)", ""},
      // Judging a library.
      {"only", 0, List, kJudges, "CHECK", "of `connectors check`: this check alone; repeatable", "", FromFolder::Refused},
      {"seed", 0, Number, kJudges, "N", "of `connectors check`: the seed of what is diced", "1", FromFolder::Refused},
      {"rows", 0, Number, kJudges, "N", "of `connectors check`: contacts in the sample", "12", FromFolder::Refused},
      {"answers", 0, Text, kJudges, "DIR", "of `connectors check`: recorded answers (*.http) to put to every step", "", FromFolder::Refused},
      {"settings", 0, Text, kJudges, "JSON", "of `connectors check`: settings of the connector, where those of the manifest's sandbox will not do", "", FromFolder::Refused, "judge-settings"},
      {"sandbox-options", 0, Text, kJudges, "JSON", "of `connectors check`: switches of the emulator, as {\"switch\": value}", "", FromFolder::Refused},
      // Beginning one.
      {"from", 0, Text, kMakes, "FILE", "of `connectors new`: an OpenAPI document (3.0 or 3.1, JSON or YAML) to make the connector from", "", FromFolder::Refused},
      {"operation", 0, Text, kMakes, "ID", "of `connectors new --from`: the operation that imports, by its id or as \"POST /contacts\", instead of the likeliest", "", FromFolder::Refused},
      // Where things are.
      {"connector-path", 0, List, kConnects, "DIR", "look for connectors here first; repeatable", "", FromFolder::Refused},
      {"isolate", 0, Text, kConnects, words<connectors::Isolate>(), "which connectors run in a process of their own", first_word<connectors::Isolate>(), FromFolder::Refused},
      {"allowed-libraries", 0, List, kConfigOnly, "SHA256", "the foreign connectors that may run; empty: any", "", FromFolder::Refused},
      {"state-dir", 0, Text, kKeeps, "DIR", "where jobs are kept (default $XDG_STATE_HOME/switchboard)", "", FromFolder::Refused},
      {"ledger", 0, Text, kKeeps, "URL", "the ledger, instead of the one in the state directory: sqlite:DIRECTORY", "", FromFolder::Refused},
      {"config", 0, Text, kEverywhere, "FILE", "configuration file (default ./switchboard.yaml, then the user's)", "", FromFolder::Refused},
      {"quiet", 'q', Switch, kEverywhere, "", "print errors only", ""},
      {"verbose", 'v', Switch, kEverywhere, "", "say more about what happens", ""},
  };
  return table;
}

const FlagSpec* find_flag(std::string_view key) {
  for (const auto& flag : flags())
    if (flag.key() == key) return &flag;
  return nullptr;
}

std::string flag_variable(std::string_view key) {
  std::string variable = "SWITCHBOARD_";
  for (char c : key) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

}  // namespace switchboard::cli
