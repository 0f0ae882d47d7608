#include "host/cli/new_connector.h"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/base/output_file.h"
#include "host/cli/own_files.h"

namespace switchboard::cli {
namespace fs = std::filesystem;
namespace {

bool is_connector_name(const std::string& name) {
  if (name.empty() || name.size() > 32 || !std::islower(static_cast<unsigned char>(name[0]))) return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t i = 0; (i = text.find(from, i)) != std::string::npos; i += to.size()) text.replace(i, from.size(), to);
}

}  // namespace

Result<int> new_connector(const std::string& name, Terminal& terminal) {
  if (!is_connector_name(name))
    return Error{ErrorKind::Usage, "\"" + name + "\" cannot be a connector's name.",
                 "Use lower-case letters, digits and _, beginning with a letter: acme, acme_crm."};
  const auto source = own_directory("sdk/template", "share/switchboard/template");
  if (!source)
    return Error{ErrorKind::Usage, "The template of a connector is not installed beside this program.",
                 "Install Switchboard whole (cmake --install), or copy sdk/template from its source."};
  if (fs::exists(name))
    return Error{ErrorKind::Usage, "There is already a directory or file called " + name + " here.", "Choose another name."};
  std::string title = name;
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  std::string upper;
  for (char c : name) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  try {
    for (const auto& entry : fs::recursive_directory_iterator(*source)) {
      if (!entry.is_regular_file()) continue;
      std::string relative = fs::relative(entry.path(), *source).string();
      replace_all(relative, "@NAME@", name);
      std::ifstream file(entry.path(), std::ios::binary);
      std::stringstream text;
      text << file.rdbuf();
      std::string content = text.str();
      replace_all(content, "@NAME@", name);
      replace_all(content, "@TITLE@", title);
      replace_all(content, "@UPPER@", upper);
      const fs::path target = fs::path(name) / relative;
      fs::create_directories(target.parent_path());
      if (auto done = write_file(target.string(), content); !done) return done.error();
    }
  } catch (const fs::filesystem_error& error) {
    return Error{ErrorKind::Storage, "The directory " + name + " could not be made: " + error.code().message() + ".", ""};
  }
  terminal.print("Made ./" + name + ". Next:\n  cmake -S " + name + " -B " + name + "/build && cmake --build " + name +
                 "/build && ctest --test-dir " + name + "/build\n  switchboard connectors check " + name +
                 "/build/connectors/" + name + ".so\n");
  return 0;
}

}  // namespace switchboard::cli
