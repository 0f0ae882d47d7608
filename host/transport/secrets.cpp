#include <cstdlib>

#include "core/base/whole_file.h"
#include "host/transport/auth.h"
#include "host/transport/secret_command.h"

namespace switchboard::transport {
namespace {

constexpr std::size_t kMaxSecretBytes = 64u << 10;

std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0')
    return usage_error("the environment variable " + name + " is not set", "Set it to the secret.");
  return std::string(value);
}

/// Of a pipe or a device too.
Result<std::string> from_file(const std::string& path, const CancelToken* cancel) {
  auto file = read_whole_file(path, kMaxSecretBytes, cancel);
  switch (file.end) {
    case WholeFile::End::Complete:
      return without_line_end(std::move(file.text));
    case WholeFile::End::TooLarge:
      return usage_error("the secret's file " + path + " is too large for a secret", "");
    case WholeFile::End::Unreadable:
      return usage_error("the secret's file " + path + " cannot be read: " + file.reason, "Check path and permissions.");
    case WholeFile::End::Stopped:
      break;
  }
  return Error{ErrorKind::Unavailable, "Stopped while the secret was read from " + path, ""};
}

Result<std::string> from_command(const std::string& command, const CancelToken* cancel) {
  auto text = output_of_command(command, kMaxSecretBytes, cancel);
  if (!text) return text;
  return without_line_end(std::move(*text));
}

}  // namespace

Result<std::string> resolve_secret(const std::string& reference, const CancelToken* cancel) {
  auto colon = reference.find(':');
  std::string kind = reference.substr(0, colon);
  std::string rest = colon == std::string::npos ? "" : reference.substr(colon + 1);
  if ((kind != "env" && kind != "file" && kind != "cmd") || rest.empty())
    // The text is not quoted: it may be the secret itself, put where its reference belongs.
    return usage_error("a secret must be a reference: env:NAME, file:PATH or cmd:COMMAND",
                 "Never write the secret itself into a configuration file.");
  auto value = kind == "env" ? from_environment(rest) : kind == "file" ? from_file(rest, cancel) : from_command(rest, cancel);
  if (!value) return value;
  if (value->empty()) return usage_error("the secret " + reference + " is empty", "");
  return value;
}

std::string secret_variable(const std::string& connector_id, const std::string& secret_name) {
  std::string name = "SWITCHBOARD_" + connector_id + "_" + secret_name;
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '-' || c == '.') c = '_';
  }
  return name;
}

}  // namespace switchboard::transport
