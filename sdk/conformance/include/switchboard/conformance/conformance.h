// Judges a connector library: everything that the host relies on, through the C ABI alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace switchboard::conformance {

struct CheckResult {
  std::string check;  ///< stable name, lower-case words joined by '_'
  bool ok = false;
  bool warning = false;  ///< ok, but worth a look
  std::string detail;    ///< what was found; for a failure: what to change
};

struct CheckOptions {
  std::string settings_json = "{}";  ///< required settings that are missing are made up from the manifest
  std::string sandbox_options_json = "{}";  ///< {"switch": value}
  std::uint32_t rows = 12;                  ///< contacts in the sample batch
  unsigned timeout_seconds = 120;  ///< processor time of all checks together; ten times as long by the clock
};

/// Runs every check in a child process of its own, so that a connector that crashes or hangs is a result too.
/// The child changes locale and time zone; the caller's stay as they are. Call it from a process with one
/// thread.
std::vector<CheckResult> check_library(const std::string& path, const CheckOptions& options = {});

bool passed(const std::vector<CheckResult>& results);

/// One line a check and a last line with the verdict.
std::string scorecard(const std::string& path, const std::vector<CheckResult>& results);

/// {"schema": "switchboard.conformance/1", "library", "conforms", "checks": [{"check", "ok", "warning",
/// "detail"}]}
std::string scorecard_json(const std::string& path, const std::vector<CheckResult>& results);

}  // namespace switchboard::conformance
