// Judges a connector library: everything that the host relies on, through the C ABI alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace switchboard::conformance {

/// How far a connector has come, each level on top of the one before.
enum class Level : std::uint8_t {
  Loads,     ///< a library as the host wants it, with a manifest
  Honest,    ///< what it says of rows is true: nothing lost, nothing sent twice
  Careful,   ///< hostile cells, damaged answers, limits, silence: it computes and does nothing else
  Complete   ///< an emulator that proves all of it
};
const char* level_name(Level level);

struct CheckResult {
  std::string check;  ///< stable name, lower-case words joined by '_'
  bool ok = false;
  bool warning = false;  ///< ok, but worth a look
  std::string detail;    ///< what was found; for a failure: what to change
  Level level = Level::Loads;
};

struct CheckOptions {
  std::string settings_json = "{}";  ///< required settings that are missing are made up from the manifest
  std::string sandbox_options_json = "{}";  ///< {"switch": value}
  std::uint32_t rows = 12;                  ///< contacts in the sample batch
  unsigned timeout_seconds = 30;  ///< processor time of one check; four times as long by the clock; of loading no more than 10 s
  std::uint32_t memory_mib = 4096;  ///< address space of each of its processes: far more than a check needs, and no machine's all
  std::uint64_t seed = 1;          ///< of everything that is diced: the same seed, the same calls
  std::vector<std::string> only;   ///< names of checks; empty: all. What others stand on is run, and said where it fails
  std::string answers_directory;   ///< recorded answers (*.http) of the connector's own tests; empty: none
};

/// Runs every check in a child process of its own, locked by seccomp where there is such a thing, so that a connector that crashes,
/// hangs or reaches out is a result too. Nothing of the caller changes. Call it from a process with one thread.
std::vector<CheckResult> check_library(const std::string& path, const CheckOptions& options = {});

bool passed(const std::vector<CheckResult>& results);

/// The checks by level, one line each, how to repeat what failed, a fingerprint of library and results, and the verdict.
std::string scorecard(const std::string& path, const std::vector<CheckResult>& results, const CheckOptions& options = {});

/// {"schema": "switchboard.conformance/1", "library", "conforms", "level", "seed", "sha256", "checks": [{"check", "level", "ok",
/// "warning", "detail"}]}; "level" is the highest one of which nothing failed, null: none.
std::string scorecard_json(const std::string& path, const std::vector<CheckResult>& results, const CheckOptions& options = {});

}  // namespace switchboard::conformance
