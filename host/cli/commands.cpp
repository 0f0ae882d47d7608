#include "host/cli/commands.h"

namespace switchboard::cli {

const std::vector<CommandSpec>& commands() {
  constexpr std::uint32_t kJob = kReads | kMaps | kSends | kSorts | kRuns | kConnects | kKeeps | kPrints | kEverywhere;
  static const std::vector<CommandSpec> table = {
      {"import", "FILE --to CONNECTOR", "import a contact file into a vendor",
       "switchboard import contacts.csv --to truedy --region US", kJob | kImports, 1, 1, run_import},
      {"check", "FILE --to CONNECTOR", "everything but sending: the same findings, the same rejects file",
       "switchboard check contacts.csv --to truedy", kJob, 1, 1, run_check},
      {"preview", "FILE --to CONNECTOR", "the first requests exactly as they would be sent, without secrets",
       "switchboard preview contacts.csv --to truedy",
       kReads | kMaps | kSends | kSorts | kConnects | kKeeps | kPrints | kEverywhere, 1, 1, run_preview, true},
      {"map", "FILE --to CONNECTOR", "which column goes into which field, and why",
       "switchboard map contacts.csv --to truedy --out mapping.yaml",
       kReads | kMaps | kWritesMap | kConnects | kKeeps | kPrints | kEverywhere, 1, 1, run_map, true},
      {"inspect", "FILE", "format, encoding, dialect and columns of a file", "switchboard inspect contacts.csv",
       kReads | kKeeps | kPrints | kEverywhere, 1, 1, run_inspect, true},
      {"read", "FILE", "the records as read, before any mapping (NDJSON)",
       "switchboard read contacts.csv --limit 3", kReads | kKeeps | kEverywhere, 1, 1, run_read, true},
      {"resume", "[JOB]", "go on with a job that is not finished", "switchboard resume",
       kSends | kConnects | kKeeps | kPrints | kResumes | kEverywhere, 0, 1, run_resume},
      {"jobs", "", "what was done so far", "switchboard jobs", kKeeps | kPrints | kEverywhere, 0, 0, run_jobs},
      {"report", "[JOB]", "the report of a job again", "switchboard report --format html > report.html",
       kKeeps | kReports | kEverywhere, 0, 1, run_report},
      {"forget", "JOB", "delete everything that is kept about a job", "switchboard forget 20260501-093000-truedy-1a2b",
       kKeeps | kEverywhere, 1, 1, run_forget},
      {"connectors", "[check LIB | new NAME]", "list the connectors, judge a library, begin a new one (--from an OpenAPI document)",
       "switchboard connectors", kConnects | kPrints | kJudges | kMakes | kEverywhere, 0, 2, run_connectors},
      {"describe", "CONNECTOR", "settings, fields, rules, limits and credentials of a connector",
       "switchboard describe truedy", kConnects | kDescribes | kPrints | kEverywhere, 1, 1, run_describe},
      {"probe", "CONNECTOR", "check the credential with a harmless request", "switchboard probe truedy",
       kSends | kConnects | kKeeps | kPrints | kEverywhere, 1, 1, run_probe, true},
      {"sandbox", "CONNECTOR…", "serve the vendors' emulators on this machine until stopped",
       "switchboard sandbox truedy", kServes | kConnects | kEverywhere, 1, 64, run_sandbox},
      {"doctor", "", "whether this installation is in order, and what to do where it is not", "switchboard doctor",
       kConnects | kKeeps | kPrints | kEverywhere, 0, 0, run_doctor},
      {"explain", "[CODE]", "what a code in a report means, and what to do", "switchboard explain phone.too_short",
       kPrints | kEverywhere, 0, 1, run_explain},
      {"completions", "bash|zsh|fish", "a script with which that shell completes commands and options",
       "switchboard completions bash > ~/.local/share/bash-completion/completions/switchboard", kEverywhere, 1, 1, run_completions},
      {"manual", "", "the manual page, for man", "switchboard manual | man -l -", kEverywhere, 0, 0, run_manual},
  };
  return table;
}

const CommandSpec* find_command(std::string_view name) {
  for (const auto& command : commands())
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace switchboard::cli
