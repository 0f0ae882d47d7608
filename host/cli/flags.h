#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::cli {

/// The groups of commands that share flags; a flag belongs to one or several.
enum FlagGroup : std::uint32_t {
  kConfigOnly = 0,       ///< of no command: a key of the user's own configuration files alone
  kReads = 1u << 0,      ///< every command that reads a file
  kMaps = 1u << 1,       ///< import, check, preview, map
  kSends = 1u << 2,      ///< import, resume, probe, preview: knows an account
  kRuns = 1u << 3,       ///< import, check: produces outcomes
  kImports = 1u << 4,    ///< import only
  kResumes = 1u << 5,    ///< resume only
  kConnects = 1u << 6,   ///< loads a connector
  kKeeps = 1u << 7,      ///< uses the state directory
  kPrints = 1u << 8,     ///< has --output
  kEverywhere = 1u << 9,
  kServes = 1u << 10,    ///< sandbox
  kDescribes = 1u << 11, ///< describe: --format text|json|markdown
  kReports = 1u << 12,   ///< report: --format
  kWritesMap = 1u << 13, ///< map --out
  kSorts = 1u << 14,     ///< import, check, preview: which rows are sent
  kJudges = 1u << 15,    ///< connectors check
  kMakes = 1u << 16,     ///< connectors new
};

enum class FlagKind { Switch, Text, Number, List };

/// Whether the switchboard.yaml of the current directory may say it. That file came with the directory, unpacked or shared,
/// and is perhaps nobody's who works there.
enum class FromFolder {
  Taken,
  PathsInside,  ///< names a file that is written: only below the directory itself
  Refused       ///< decides which code runs, where contacts go, whom to trust, or what earlier jobs are said to have done
};

/// One flag of the command line; the same table makes the parser, the environment variables, the keys of the
/// configuration file and the table in docs/cli.md.
struct FlagSpec {
  std::string_view name;     ///< without the dashes; two commands may mean different things by one name, with a key each
  char letter = 0;           ///< short form
  FlagKind kind = FlagKind::Text;
  std::uint32_t groups = 0;
  std::string_view value;    ///< shown in the help: "FILE", "N", "first|last|keep"
  std::string_view help;
  std::string_view fallback; ///< default value as text; empty: none
  FromFolder from_folder = FromFolder::Taken;
  std::string_view own_key = {};

  /// Its name in configuration files and the environment, and in Options.
  std::string_view key() const { return own_key.empty() ? name : own_key; }
};

const std::vector<FlagSpec>& flags();
const FlagSpec* find_flag(std::string_view key);

/// "SWITCHBOARD_STATE_DIR" for "state-dir".
std::string flag_variable(std::string_view key);

}  // namespace switchboard::cli
