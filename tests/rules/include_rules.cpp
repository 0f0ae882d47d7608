#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <set>
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

/// Every line of code below the folder that is not made by a program (longer ones are).
void each_line(const std::string& folder, const std::function<void(const std::string& file, const std::string& line)>& look) {
  constexpr std::size_t kLongest = 300;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".h" && ending != ".cpp" && ending != ".c") continue;
    const std::string name = fs::relative(entry.path(), kRoot).string();
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);)
      if (line.size() <= kLongest) look(name, line);
  }
}

std::vector<Include> includes_below(const std::string& folder) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<Include> found;
  each_line(folder, [&](const std::string& file, const std::string& line) {
    std::smatch match;
    if (line.find('#') != line.npos && std::regex_search(line, match, pattern)) found.push_back({file, match[1]});
  });
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

/// The rows of a table of docs/architecture.md: the cells of every line that begins with a name in backticks, behind the line that
/// begins so.
std::vector<std::vector<std::string>> table_behind(const std::string& heading) {
  std::ifstream page(kRoot / "docs/architecture.md");
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (begins(line, heading)) inside = true;
    if (inside && line.empty()) break;
    if (!inside || !begins(line, "| `")) continue;
    std::vector<std::string> cells;
    for (std::size_t at = 1; at < line.size();) {
      const std::size_t end = std::min(line.find('|', at), line.size());
      cells.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

/// The names in backticks: "core/base" of "`core/base/`".
std::vector<std::string> names_in(const std::string& cell) {
  static const std::regex quoted("`([^`]+?)/?`");
  return {std::sregex_token_iterator(cell.begin(), cell.end(), quoted, 1), std::sregex_token_iterator()};
}

using Rooms = std::map<std::string, std::vector<std::string>>;

/// Which rooms of core and host a room may include, besides itself.
Rooms read_rooms() {
  Rooms rooms;
  const auto table = table_behind("| folder |");
  for (const auto& cells : table) {
    const std::string room = room_of(names_in(cells.at(0)).at(0) + "/");
    if (begins(room, "core/") || begins(room, "host/")) rooms[room];
  }
  for (const auto& cells : table) {
    const auto rule = rooms.find(room_of(names_in(cells.at(0)).at(0) + "/"));
    if (rule == rooms.end()) continue;
    for (const auto& name : names_in(cells.at(2))) {
      if (!name.ends_with("/*")) {
        rule->second.push_back(name);
        continue;
      }
      for (const auto& other : rooms)
        if (begins(other.first, name.substr(0, name.size() - 1))) rule->second.push_back(other.first);
    }
  }
  return rooms;
}
const Rooms kMayInclude = read_rooms();

bool may_include(const std::string& from, const std::string& to) {
  const auto rule = kMayInclude.find(from);
  return from == to || rule == kMayInclude.end() ||
         std::find(rule->second.begin(), rule->second.end(), to) != rule->second.end();
}

/// The order of the folders inside a room, from what stands on nothing to what stands on all; "" is the room's own files. A
/// folder includes only those before it: neither later ones nor those of its own step.
std::map<std::string, std::vector<std::set<std::string>>> read_orders() {
  std::map<std::string, std::vector<std::set<std::string>>> orders;
  static const std::regex word(R"([\w/]+)");
  for (const auto& cells : table_behind("| room |")) {
    auto& steps = orders[names_in(cells.at(0)).at(0)];
    std::string left = cells.at(1);
    const std::string kNext = "·";
    for (std::size_t at = 0; at < left.size();) {
      const std::size_t end = std::min(left.find(kNext, at), left.size());
      const std::string step = left.substr(at, end - at);
      std::set<std::string> folders{std::sregex_token_iterator(step.begin(), step.end(), word), std::sregex_token_iterator()};
      if (folders.erase("itself") != 0) folders.insert("");
      steps.push_back(std::move(folders));
      at = end + kNext.size();
    }
  }
  return orders;
}
const std::map<std::string, std::vector<std::set<std::string>>> kOrderInside = read_orders();

/// Files that put together what is in the room's folders, behind headers that know none of them.
const std::set<std::string> kPutTogether = {
    "core/contact/country.cpp",  // by the table that was made of ICU's names
    "core/contact/text.cpp",     // by the table of letters, or ICU
    "core/input/damaged_beginning.cpp",  // by what is left of them
    "core/input/file_kind.cpp",  // by the first bytes of every format
    "core/input/formats.cpp",    // the table of formats
    "host/connectors/connector.cpp",  // in this process or in a worker
};

/// The folder inside its room: "send" of "host/engine/send/run.h", "" of "host/engine/engine.h".
std::string folder_inside(const std::string& path) {
  const std::string room = room_of(path);
  if (path.size() <= room.size()) return "";
  const std::string rest = path.substr(room.size() + 1);
  const std::size_t slash = rest.find('/');
  return slash == std::string::npos ? "" : rest.substr(0, slash);
}

/// The step of a path's folder in the order of its room; nullopt: it has no place there.
std::optional<std::size_t> step_of(const std::string& path) {
  const auto& steps = kOrderInside.at(room_of(path));
  for (std::size_t step = 0; step < steps.size(); ++step)
    if (steps[step].count(folder_inside(path)) != 0) return step;
  return std::nullopt;
}

/// Whether code of `file` may know what stands in `target`; both are paths of core or host.
bool may_know(const std::string& file, const std::string& target) {
  if (room_of(file) != room_of(target)) return may_include(room_of(file), room_of(target));
  if (kOrderInside.count(room_of(file)) == 0 || folder_inside(file) == folder_inside(target)) return true;
  if (kPutTogether.count(file) != 0) return true;
  const auto from = step_of(file), to = step_of(target);
  return from && to && *to < *from;
}

bool is_ours(const std::string& target) {
  return begins(target, "core/") || begins(target, "host/") || begins(target, "plugins/") || begins(target, "switchboard/");
}

}  // namespace

TEST_CASE("core and host include only what the table of folders allows") {
  int checked = 0;
  for (const char* folder : {"core", "host"}) {
    for (const auto& entry : fs::directory_iterator(kRoot / folder)) {
      const std::string room = folder + ("/" + entry.path().filename().string());
      if (entry.is_directory()) CHECK_MESSAGE(kMayInclude.count(room) == 1, room, " has no line in the table");
    }
    for (const auto& include : includes_below(folder)) {
      const std::string from = room_of(include.file), to = room_of(include.target);
      if (!is_ours(include.target) || kMayInclude.count(from) == 0 || from == to) continue;
      ++checked;
      CHECK_MESSAGE(may_include(from, to), include.file, " includes ", include.target);
    }
  }
  CHECK(checked > 50);
}

TEST_CASE("inside a room a folder includes only those that stand before it") {
  for (const auto& order : kOrderInside) {
    const std::string& room = order.first;
    int checked = 0;
    for (const auto& include : includes_below(room)) {
      CHECK_MESSAGE(step_of(include.file), include.file, ": its folder has no place in the order of ", room);
      if (room_of(include.target) != room || folder_inside(include.file) == folder_inside(include.target)) continue;
      ++checked;
      CHECK_MESSAGE(may_know(include.file, include.target), include.file, " includes ", include.target);
    }
    CHECK_MESSAGE(checked > 1, room);
  }
}

TEST_CASE("a header declares nothing that it may not include") {
  static const std::regex defined(R"re(^\s*(?:class|struct|enum class)\s+(\w+)(?:\s+final)?\s*(?:[:{].*)?$)re");
  static const std::regex declared(R"re(^(?:namespace [\w:]+ \{ *)?(?:class|struct|enum class)\s+(\w+)(?:\s*:\s*[\w:]+)?\s*;)re");
  std::map<std::string, std::set<std::string>> homes;               // name → the files that define it
  std::vector<std::pair<std::string, std::string>> declarations;  // file, name
  for (const char* folder : {"core", "host"}) {
    each_line(folder, [&](const std::string& file, const std::string& line) {
      std::smatch match;
      if (line.find("struct") == line.npos && line.find("class") == line.npos) return;
      if (std::regex_search(line, match, declared))
        declarations.emplace_back(file, match[1]);
      else if (std::regex_search(line, match, defined))
        homes[match[1]].insert(file);
    });
  }
  int checked = 0;
  for (const auto& declaration : declarations) {
    const auto& file = declaration.first;
    const auto& name = declaration.second;
    const auto home = homes.find(name);
    if (home == homes.end()) continue;  // of a library
    ++checked;
    const bool allowed = std::any_of(home->second.begin(), home->second.end(),
                                     [&](const std::string& where) { return may_know(file, where); });
    const std::string first = *home->second.begin();
    CHECK_MESSAGE(allowed, file, " declares ", name, " of ", first);
  }
  CHECK(checked > 1);
}

/// The names of a line that are a constant's: kLikeThis.
std::vector<std::string> constants_of(const std::string& line) {
  const auto is_of_a_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  std::vector<std::string> names;
  for (std::size_t at = line.find('k'); at != line.npos; at = line.find('k', at + 1)) {
    if (at + 1 == line.size() || std::isupper(static_cast<unsigned char>(line[at + 1])) == 0 || (at > 0 && is_of_a_name(line[at - 1]))) continue;
    names.push_back(line.substr(at, static_cast<std::size_t>(std::find_if_not(line.begin() + static_cast<std::ptrdiff_t>(at), line.end(), is_of_a_name) - line.begin()) - at));
  }
  return names;
}

TEST_CASE("a file reaches the header of every constant that it uses") {
  // Files that are compiled together (host/compile_together.cmake) see the headers of their neighbours; alone they must do as well.
  static const std::regex defined(R"re(^(?:inline )?(?:constexpr|const)\s[^=;({]*\b(k[A-Z]\w*)\b)re");
  static const std::regex local(R"re(\b(?:constexpr|const|enum|static)\b.*?\b(k[A-Z]\w*)\s*(?:\[|=|\{|;))re");
  std::map<std::string, std::set<std::string>> homes, uses, own, headers;
  for (const char* folder : {"core", "host"}) {
    for (const auto& include : includes_below(folder)) headers[include.file].insert(include.target);
    each_line(folder, [&](const std::string& file, const std::string& whole) {
      const std::string line = whole.substr(0, whole.find("//"));
      std::smatch match;
      const auto constants = constants_of(line);
      if (constants.empty()) return;
      uses[file].insert(constants.begin(), constants.end());
      if (file.ends_with(".h") && std::regex_search(line, match, defined)) homes[match[1]].insert(file);
      if (std::regex_search(line, match, local)) own[file].insert(match[1]);
    });
  }
  std::map<std::string, std::set<std::string>> reached;
  const std::function<const std::set<std::string>&(const std::string&)> reach = [&](const std::string& file) -> const std::set<std::string>& {
    const auto [at, fresh] = reached.try_emplace(file, std::set<std::string>{file});
    if (!fresh) return at->second;
    std::set<std::string> all = {file};
    for (const std::string& target : headers[file]) {
      const auto& further = reach(target);
      all.insert(further.begin(), further.end());
    }
    return reached[file] = std::move(all);
  };
  int checked = 0;
  for (const auto& [file, names] : uses) {
    for (const std::string& name : names) {
      const auto home = homes.find(name);
      if (home == homes.end()) continue;
      ++checked;
      const auto& known = reach(file);
      const bool there = std::any_of(known.begin(), known.end(), [&](const std::string& other) { return home->second.count(other) != 0 || own[other].count(name) != 0; });
      const std::string from = file, constant = name, header = *home->second.begin();
      CHECK_MESSAGE(there, from, " uses ", constant, " and does not include ", header);
    }
  }
  CHECK(checked > 100);
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
  const std::map<std::string, std::size_t> most = {{"CLI/", 1}, {"phonenumbers/", 1}, {"yaml-cpp/", 3}};
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
