#include "host/connectors/registry.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/base/nearest.h"
#include "host/connectors/elf_note.h"

namespace switchboard::connectors {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split_colons(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    auto colon = std::min(text.find(':'), text.size());
    if (colon > 0) parts.emplace_back(text.substr(0, colon));
    text.remove_prefix(std::min(colon + 1, text.size()));
  }
  return parts;
}

/// Where the shipped connectors may be, seen from the running binary: installed, in a build tree.
std::vector<std::string> shipped() {
  std::error_code error;
  auto binary = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  auto bin = binary.parent_path(), prefix = bin.parent_path();
  std::vector<std::string> result;
  for (const char* lib : {"lib", "lib64", "lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu"})
    result.push_back((prefix / lib / "switchboard" / "connectors").string());
  result.push_back((prefix / "connectors").string());
  result.push_back((bin / "connectors").string());
  return result;
}

/// The *.so files of a directory, sorted; an unreadable directory has none.
std::vector<std::string> libraries_in(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".so" && !it->is_directory(error)) paths.push_back(it->path().string());
  std::ranges::sort(paths);
  return paths;
}

/// "libtruedy.so" → "truedy": what to call a library that cannot say who it is.
std::string id_from_name(const std::string& path) {
  auto stem = fs::path(path).stem().string();
  for (std::string_view prefix : {"lib", "switchboard-", "switchboard_"})
    if (stem.starts_with(prefix) && stem.size() > prefix.size()) stem.erase(0, prefix.size());
  return stem;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

std::vector<std::string> search_path(const std::vector<std::string>& extra) {
  std::vector<std::string> path = extra;
  if (const char* variable = std::getenv("SWITCHBOARD_CONNECTOR_PATH"))
    for (auto& part : split_colons(variable)) path.push_back(std::move(part));
  for (auto& part : shipped()) {
    std::error_code error;
    if (fs::is_directory(part, error)) path.push_back(std::move(part));
  }
  return path;
}

bool is_shipped(const std::string& library_path) {
  std::error_code failed;
  const auto file = fs::canonical(library_path, failed);
  const auto names = split_colons(SWITCHBOARD_SHIPPED);
  if (failed || std::ranges::find(names, file.stem().string()) == names.end()) return false;
  return std::ranges::any_of(shipped(), [&](const std::string& directory) {
    std::error_code missing;
    return fs::canonical(directory, missing) == file.parent_path() && !missing;
  });
}

std::vector<Listed> list(const std::vector<std::string>& path) {
  std::vector<Listed> found;
  std::set<std::string> seen;
  for (const auto& directory : path) {
    for (const auto& library : libraries_in(directory)) {
      auto note = read_elf_note(library);
      Listed listed{note ? note->id : id_from_name(library), note ? note->version : "", library,
                    note ? "" : note.error().message};
      // The first of an id wins; a broken library hides nobody, and is shown even where another one serves.
      if (note && !seen.insert(listed.id).second) continue;
      found.push_back(std::move(listed));
    }
  }
  std::ranges::stable_sort(found, {}, &Listed::id);
  return found;
}

Result<std::unique_ptr<Connector>> find(const std::vector<std::string>& path, const std::string& id, const Loading& loading) {
  auto all = list(path);
  const Listed* broken = nullptr;
  std::vector<std::string> known;
  for (const auto& listed : all) {
    if (listed.problem.empty()) {
      if (listed.id == id) return Connector::load(listed.path, loading);
      known.push_back(listed.id);
    } else if (listed.id == id) {
      broken = &listed;
    }
  }
  // Reading its note again gives the remedy too.
  if (broken != nullptr) return Connector::load(broken->path, loading);
  if (known.empty())
    return Error{ErrorKind::Usage, "there is no connector \"" + id + "\": none was found in " + joined(path),
                 "Give the directory with --connector-path or SWITCHBOARD_CONNECTOR_PATH."};
  return Error{ErrorKind::Usage, "there is no connector \"" + id + "\"" + did_you_mean(id, known),
               "Known are: " + joined(known) + ". More directories: --connector-path."};
}

}  // namespace switchboard::connectors
