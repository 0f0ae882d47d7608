// swb-conformance LIB: judges a connector library, prints a scorecard, exits with 0 only if it conforms.
#include <switchboard/conformance/conformance.h>
#include <switchboard/kit/json.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace {

constexpr const char* kUsage =
    "usage: swb-conformance [--json] [--only CHECK]... [--seed N] [--settings JSON] [--sandbox-options JSON]\n"
    "                       [--answers DIRECTORY] [--rows N] [--timeout SECONDS] [--memory MIB] LIBRARY\n"
    "Judges a connector library. Exit status: 0 it conforms, 1 it does not, 2 wrong usage, 3 the scorecard cannot be "
    "printed.\n";

int usage() {
  std::fputs(kUsage, stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  switchboard::conformance::CheckOptions options;
  std::string library;
  bool json = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const bool has_value = i + 1 < argc;
    if (argument == "--help") {
      std::fputs(kUsage, stdout);
      return 0;
    }
    if (argument == "--json") {
      json = true;
    } else if (argument == "--settings" && has_value) {
      options.settings_json = argv[++i];
    } else if (argument == "--sandbox-options" && has_value) {
      options.sandbox_options_json = argv[++i];
    } else if (argument == "--only" && has_value) {
      options.only.emplace_back(argv[++i]);
    } else if (argument == "--answers" && has_value) {
      options.answers_directory = argv[++i];
    } else if (argument == "--seed" && has_value) {
      options.seed = std::strtoull(argv[++i], nullptr, 10);
    } else if (argument == "--rows" && has_value) {
      options.rows = static_cast<std::uint32_t>(std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--timeout" && has_value) {
      options.timeout_seconds = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--memory" && has_value) {
      options.memory_mib = static_cast<std::uint32_t>(std::strtoul(argv[++i], nullptr, 10));
    } else if (argument.substr(0, 1) == "-" || !library.empty()) {
      return usage();
    } else {
      library = argument;
    }
  }
  if (library.empty()) return usage();
  for (const auto& [flag, text] : {std::pair{"--settings", options.settings_json}, {"--sandbox-options", options.sandbox_options_json}}) {
    const auto given = switchboard::kit::Json::parse(text);
    if (given && given->is_object()) continue;
    std::fprintf(stderr, "swb-conformance: %s is not a JSON object: %s\n", flag, text.c_str());
    return 2;
  }
  const auto results = switchboard::conformance::check_library(library, options);
  const auto text = json ? switchboard::conformance::scorecard_json(library, results, options) + "\n"
                         : switchboard::conformance::scorecard(library, results, options);
  if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
    std::fputs("swb-conformance: standard output cannot be written\n", stderr);
    return 3;
  }
  return switchboard::conformance::passed(results) ? 0 : 1;
}
