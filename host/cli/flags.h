#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::cli {

/// The groups of commands that share flags; a flag belongs to one or several.
enum FlagGroup : std::uint32_t {
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
};

enum class FlagKind { Switch, Text, Number, List };

/// One flag of the command line; the same table makes the parser, the environment variables, the keys of the
/// configuration file and the table in docs/cli.md.
struct FlagSpec {
  std::string_view name;     ///< without the dashes
  char letter = 0;           ///< short form
  FlagKind kind = FlagKind::Text;
  std::uint32_t groups = 0;
  std::string_view value;    ///< shown in the help: "FILE", "N", "first|last|keep"
  std::string_view help;
  std::string_view fallback; ///< default value as text; empty: none
};

const std::vector<FlagSpec>& flags();
const FlagSpec* find_flag(std::string_view name);

/// "SWITCHBOARD_STATE_DIR" for "state-dir".
std::string flag_variable(std::string_view name);

}  // namespace switchboard::cli
