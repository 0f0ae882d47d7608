#include <switchboard/conformance/conformance.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/hash.h>
#include <switchboard/kit/json_writer.h>

#include <algorithm>
#include <fstream>
#include <optional>

namespace switchboard::conformance {

namespace {

constexpr Level kLevels[] = {Level::Loads, Level::Honest, Level::Careful, Level::Complete};

/// The highest level up to which nothing failed.
std::optional<Level> level_reached(const std::vector<CheckResult>& results) {
  std::optional<Level> reached;
  for (const Level level : kLevels) {
    const auto of_level = [level](const CheckResult& result) { return result.level == level; };
    const bool any = std::any_of(results.begin(), results.end(), of_level);
    const bool fine = std::all_of(results.begin(), results.end(), [&](const CheckResult& r) { return r.ok || !of_level(r); });
    if (!any || !fine) break;
    reached = level;
  }
  return reached;
}

/// Of the library's bytes, the seed and every result: two cards with the same one say the same of the same library.
std::string fingerprint(const std::string& path, const std::vector<CheckResult>& results, const CheckOptions& options) {
  std::string text = kit::to_hex(kit::sha256(std::ifstream(path) ? read_file(path) : ""));  // a missing one has failed to load
  text += ' ' + std::to_string(options.seed) + ' ' + options.settings_json + ' ' + options.sandbox_options_json + '\n';
  for (const CheckResult& result : results)
    text += result.check + ' ' + (result.ok ? 'y' : 'n') + (result.warning ? 'w' : '-') + ' ' + result.detail + '\n';
  return kit::to_hex(kit::sha256(text));
}

/// " --settings '{"list":"a"}'" for a shell; empty where nothing was given.
std::string given(const char* flag, const std::string& json) {
  if (json == "{}") return "";
  std::string quoted;
  for (const char c : json) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return std::string(" ") + flag + " '" + quoted + '\'';
}

}  // namespace

const char* level_name(Level level) {
  switch (level) {
    case Level::Loads: return "loads";
    case Level::Honest: return "honest";
    case Level::Careful: return "careful";
    case Level::Complete: return "complete";
  }
  return "?";
}

bool passed(const std::vector<CheckResult>& results) {
  return !results.empty() &&
         std::all_of(results.begin(), results.end(), [](const CheckResult& result) { return result.ok; });
}

std::string scorecard(const std::string& path, const std::vector<CheckResult>& results, const CheckOptions& options) {
  std::string out = path + "\n", again;
  std::size_t failures = 0, warnings = 0;
  for (const Level level : kLevels) {
    std::size_t checks = 0, fine = 0;
    std::string lines;
    for (const CheckResult& result : results) {
      if (result.level != level) continue;
      ++checks;
      fine += result.ok;
      failures += !result.ok;
      warnings += result.warning;
      if (!result.ok && again.find(" --only " + result.check + ' ') == std::string::npos) again += " --only " + result.check + ' ';
      std::string name = result.check;
      name.resize(std::max<std::size_t>(name.size(), 22), ' ');
      lines += (!result.ok ? "  FAIL  " : result.warning ? "  look  " : "  ok    ") + name + "  " + result.detail + "\n";
    }
    if (checks > 0) out += std::string(level_name(level)) + ": " + std::to_string(fine) + " of " + std::to_string(checks) + "\n" + lines;
  }
  if (!again.empty()) out += "again: swb-conformance --seed " + std::to_string(options.seed) + given("--settings", options.settings_json) + given("--sandbox-options", options.sandbox_options_json) + again + path + "\n";
  const auto reached = level_reached(results);
  out += "level " + std::string(reached ? level_name(*reached) : "none") + ", scorecard sha256:" + fingerprint(path, results, options) + "\n";
  out += failures == 0 ? "conforms: " : "does not conform: ";
  out += std::to_string(results.size()) + " checks, " + std::to_string(failures) + " failed, " +
         std::to_string(warnings) + " to look at\n";
  return out;
}

std::string scorecard_json(const std::string& path, const std::vector<CheckResult>& results, const CheckOptions& options) {
  kit::JsonWriter writer;
  const auto reached = level_reached(results);
  writer.object().member("schema", "switchboard.conformance/1").member("library", path);
  writer.member("conforms", passed(results));
  reached ? writer.member("level", level_name(*reached)) : writer.member_raw("level", "null");
  writer.member("seed", options.seed).member("sha256", fingerprint(path, results, options)).key("checks").array();
  for (const CheckResult& result : results) {
    writer.object().member("check", result.check).member("level", level_name(result.level)).member("ok", result.ok);
    writer.member("warning", result.warning).member("detail", result.detail).end();
  }
  return writer.end().end().take();
}

}  // namespace switchboard::conformance
