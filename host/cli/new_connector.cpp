#include "host/cli/new_connector.h"

#include <cctype>
#include <filesystem>
#include <map>
#include <optional>

#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "core/base/output_file.h"
#include "core/base/whole_file.h"
#include "host/cli/exit_code.h"
#include "host/cli/own_files.h"
#include "host/scaffold/scaffold.h"

namespace switchboard::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostDocumentBytes = 16 << 20, kMostTemplateBytes = 1 << 20;

bool is_connector_name(const std::string& name) {
  if (name.empty() || name.size() > 32 || !std::islower(static_cast<unsigned char>(name[0]))) return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t i = 0; (i = text.find(from, i)) != std::string::npos; i += to.size()) text.replace(i, from.size(), to);
}

/// File name below the connector's directory → content.
using Files = std::map<std::string, std::string>;

/// The SDK's template with the connector's name in it.
Result<Files> template_files(const std::string& name) {
  const auto source = own_directory("sdk/template", "share/switchboard/template");
  if (!source)
    return usage_error("The template of a connector is not installed beside this program.",
                       "Install Switchboard whole (cmake --install), or copy sdk/template from its source.");
  std::string title = name;
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  Files files;
  try {
    for (const auto& entry : fs::recursive_directory_iterator(*source)) {
      if (!entry.is_regular_file()) continue;
      WholeFile file = read_whole_file(entry.path().string(), kMostTemplateBytes, nullptr);
      if (file.end != WholeFile::End::Complete)
        return Error{ErrorKind::Storage, "The template's " + entry.path().filename().string() + " cannot be read: " + file.reason + ".", ""};
      replace_all(file.text, "@NAMESPACE@", scaffold::namespace_of(name));
      replace_all(file.text, "@NAME@", name);
      replace_all(file.text, "@TITLE@", title);
      files[fs::relative(entry.path(), *source).string()] = std::move(file.text);
    }
  } catch (const fs::filesystem_error& error) {
    return Error{ErrorKind::Storage, "The template of a connector cannot be read: " + error.code().message() + ".", ""};
  }
  return files;
}

Result<void> write_directory(const std::string& name, const Files& files) {
  try {
    for (const auto& [file, content] : files) {
      const fs::path target = fs::path(name) / file;
      fs::create_directories(target.parent_path());
      if (auto done = write_file(target.string(), content); !done) return done.error();
    }
  } catch (const fs::filesystem_error& error) {
    return Error{ErrorKind::Storage, "The directory " + name + " could not be made: " + error.code().message() + ".", ""};
  }
  return {};
}

Result<scaffold::Scaffold> from_document(const std::string& path, const std::string& operation, const std::string& name) {
  const WholeFile document = read_whole_file(path == "-" ? "/dev/stdin" : path, kMostDocumentBytes, nullptr);
  const std::string shown = path == "-" ? "standard input" : one_line(path);
  if (document.end == WholeFile::End::Unreadable) return usage_error(shown + " cannot be read: " + document.reason + ".");
  if (document.end == WholeFile::End::TooLarge)
    return usage_error(shown + " is larger than " + std::to_string(kMostDocumentBytes >> 20) + " MiB.", "Leave out of it what has nothing to do with the import.");
  return scaffold::from_openapi(document.text, shown, operation, name);
}

std::string what_was_made(const scaffold::Scaffold& made, const std::string& name) {
  std::string text = "The import is " + made.operation + ".\n";
  if (!made.others.empty()) text += "It could also have been (--operation):\n";
  for (const std::string& other : made.others) text += "  " + other + "\n";
  text += "The document does not say all; " + counted(made.marks.size(), "mark") + " to fill in ./" + name + ":\n";
  for (std::size_t i = 0; i < made.marks.size(); ++i)
    text += "  " + std::to_string(i + 1) + ". " + made.marks[i].first + ": " + made.marks[i].second + "\n";
  return text;
}

std::string as_json(const scaffold::Scaffold* made, const std::string& name) {
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.new_connector/1").member("directory", name);
  if (made != nullptr) {
    json.member("operation", made->operation).key("others").begin_array();
    for (const std::string& other : made->others) json.string(other);
    json.end_array().key("marks").begin_array();
    for (const auto& [file, what] : made->marks) json.new_line().begin_object().member("file", file).member("what", what).end_object();
    json.end_array();
  }
  return json.end_object().take() + "\n";
}

}  // namespace

Result<int> new_connector(const std::string& name, const Options& options, Terminal& terminal) {
  if (!is_connector_name(name))
    return usage_error("\"" + one_line(name) + "\" cannot be a connector's name.", "Use lower-case letters, digits and _, beginning with a letter: acme, acme_crm.");
  const auto document = options.text("from");
  const auto operation = options.text("operation");
  if (operation && !document) return usage_error("--operation chooses among those of a document.", "Name it with --from FILE.");
  if (fs::exists(fs::symlink_status(name))) return usage_error("There is already a directory or file called " + name + " here.", "Choose another name.");
  auto files = template_files(name);
  if (!files) return files.error();
  std::optional<scaffold::Scaffold> made;
  if (document) {
    auto read = from_document(*document, operation.value_or(""), name);
    if (!read) return read.error();
    made = *std::move(read);
    for (const auto& [file, content] : made->files) (*files)[file] = content;
  }
  if (auto done = write_directory(name, *files); !done) return done.error();
  if (terminal.json()) {
    terminal.print(as_json(made ? &*made : nullptr, name));
    return kDone;
  }
  terminal.print((made ? what_was_made(*made, name) : "") + "Made ./" + name + ". Next:\n  cmake -S " + name + " -B " + name + "/build && cmake --build " + name +
                 "/build && ctest --test-dir " + name + "/build\n  switchboard connectors check " + name + "/build/connectors/" + name + ".so\n");
  return kDone;
}

}  // namespace switchboard::cli
