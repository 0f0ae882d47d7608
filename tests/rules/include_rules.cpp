#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/paths.h"

namespace fs = std::filesystem;

namespace {

const fs::path& kRoot = switchboard::tests::source_dir();

struct Include {
  std::string file;   ///< "core/report/json.cpp"
  std::string target; ///< "core/base/json_text.h"
};

std::vector<Include> includes_below(const std::string& folder) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<Include> found;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".h" && ending != ".cpp" && ending != ".c") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (line.size() < 300 && std::regex_search(line, match, pattern))
        found.push_back({fs::relative(entry.path(), kRoot).string(), match[1]});
    }
  }
  return found;
}

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

/// The folder of a path of ours: "core/input", "host/cli", "sdk", "plugins/truedy".
std::string room_of(const std::string& path) {
  const std::size_t first = path.find('/');
  if (first == std::string::npos) return path;
  if (begins(path, "sdk/") || begins(path, "switchboard/")) return "sdk";
  return path.substr(0, path.find('/', first + 1));
}

/// docs/architecture.md, Folders: which rooms a room may include, besides itself.
const std::map<std::string, std::vector<std::string>> kMayInclude = {
    {"core/base", {}},
    {"core/contact", {"core/base"}},
    {"core/input", {"core/base"}},
    {"core/mapping", {"core/base", "core/contact"}},
    {"core/ledger", {"core/base"}},
    {"core/report", {"core/base", "core/ledger"}},
    {"host/base", {"core/base"}},
    {"host/connectors", {"core/base", "core/mapping", "sdk"}},
    {"host/transport", {"core/base", "core/mapping", "sdk"}},
    {"host/sandbox", {"core/base", "host/connectors", "host/base", "sdk"}},
    {"host/engine",
     {"core/base", "core/input", "core/mapping", "core/ledger", "host/connectors", "host/transport", "host/base", "sdk"}},
    {"host/jobs",
     {"core/base", "core/contact", "core/input", "core/mapping", "core/ledger", "core/report", "host/base", "host/connectors",
      "host/transport", "host/sandbox", "host/engine", "sdk"}},
};

bool is_ours(const std::string& target) {
  return begins(target, "core/") || begins(target, "host/") || begins(target, "plugins/") || begins(target, "switchboard/");
}

}  // namespace

TEST_CASE("core and host include only what the table of folders allows") {
  int checked = 0;
  for (const char* folder : {"core", "host"}) {
    for (const auto& include : includes_below(folder)) {
      const std::string from = room_of(include.file), to = room_of(include.target);
      const auto rule = kMayInclude.find(from);
      if (!is_ours(include.target) || rule == kMayInclude.end() || from == to) continue;
      ++checked;
      const bool allowed = std::find(rule->second.begin(), rule->second.end(), to) != rule->second.end();
      CHECK_MESSAGE(allowed, include.file, " includes ", include.target);
    }
  }
  CHECK(checked > 50);
}

TEST_CASE("inside mapping, rows stand on columns and manifest, which do not know each other") {
  int checked = 0;
  for (const auto& include : includes_below("core/mapping")) {
    for (const std::string folder : {"core/mapping/columns/", "core/mapping/manifest/"}) {
      if (!begins(include.file, folder) || !begins(include.target, "core/mapping/")) continue;
      ++checked;
      CHECK_MESSAGE(begins(include.target, folder), include.file, " includes ", include.target);
    }
  }
  CHECK(checked > 10);
}

TEST_CASE("core knows nothing of host, network libraries or connectors") {
  for (const auto& include : includes_below("core")) {
    INFO(include.file, " includes ", include.target);
    CHECK_FALSE(begins(include.target, "host/"));
    CHECK_FALSE(begins(include.target, "Poco/Net"));
    CHECK_FALSE(begins(include.target, "boost/dll"));
    CHECK_FALSE(begins(include.target, "switchboard/"));
  }
}

TEST_CASE("only the ledger's own folder for it knows SQLite") {
  int users = 0;
  for (const char* folder : {"core", "host"}) {
    for (const auto& include : includes_below(folder)) {
      if (!begins(include.target, "sqlite3") && !begins(include.target, "core/ledger/sqlite/")) continue;
      ++users;
      CHECK_MESSAGE(begins(include.file, "core/ledger/sqlite/"), include.file, " includes ", include.target);
    }
  }
  CHECK(users > 0);
}

TEST_CASE("a connector includes the SDK, its own files and the standard library only") {
  int checked = 0;
  for (const auto& include : includes_below("plugins")) {
    if (include.file.find("/test/") != std::string::npos) continue;
    ++checked;
    INFO(include.file, " includes ", include.target);
    const bool sdk = begins(include.target, "switchboard/");
    const bool own = include.target.find('/') == std::string::npos;  // "connector.h", <string>
    const bool allowed = sdk || own;
    CHECK(allowed);
  }
  CHECK(checked > 10);
}

TEST_CASE("heavy headers stay out of headers and in few files") {
  const std::map<std::string, std::size_t> most = {{"CLI/", 1}, {"phonenumbers/", 1}, {"yaml-cpp/", 2}};
  std::map<std::string, std::vector<std::string>> users;
  for (const char* folder : {"core", "host"}) {
    for (const auto& include : includes_below(folder)) {
      const bool heavy = begins(include.target, "Poco/") || begins(include.target, "CLI/") ||
                         begins(include.target, "phonenumbers/") || begins(include.target, "yaml-cpp/") ||
                         begins(include.target, "simdjson");
      if (heavy) CHECK_MESSAGE(fs::path(include.file).extension() == ".cpp", include.file, " includes ", include.target);
      for (const auto& [prefix, count] : most) {
        auto& files = users[prefix];
        if (begins(include.target, prefix) && (files.empty() || files.back() != include.file)) files.push_back(include.file);
      }
    }
  }
  for (const auto& [prefix, count] : most) {
    const std::string header = prefix;
    CHECK_MESSAGE(users[header].size() <= count, header, " is included by ", users[header].size(), " files");
  }
}
