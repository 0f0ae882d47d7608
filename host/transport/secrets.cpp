#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "host/transport/auth.h"
#include "host/transport/secret_command.h"

namespace switchboard::transport {
namespace {

constexpr std::size_t kMaxSecretBytes = 64u << 10;

Error usage(std::string message, std::string remedy) {
  return Error{ErrorKind::Usage, std::move(message), std::move(remedy)};
}

std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0')
    return usage("the environment variable " + name + " is not set", "Set it to the secret.");
  return std::string(value);
}

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

/// A pipe with a name is there before whoever writes to it; one without (a shell's `<(…)`, /dev/fd/63) never is.
bool waits_for_writer(int file, const std::string& path) {
  struct stat about {};
  if (::fstat(file, &about) != 0 || !S_ISFIFO(about.st_mode)) return false;
  std::error_code unnamed;
  return !std::filesystem::canonical(path, unnamed).empty();
}

/// Of a pipe or a device too: all that comes until its end, or until nobody wants it any more.
Result<std::string> from_file(const std::string& path, const CancelToken* cancel) {
  const auto unreadable = [&] {
    return usage("the secret's file " + path + " cannot be read: " + std::strerror(errno), "Check path and permissions.");
  };
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)};
  if (file.number < 0) return unreadable();
  bool begun = !waits_for_writer(file.number, path);
  std::string text;
  char buffer[4096];
  while (text.size() <= kMaxSecretBytes) {
    const ssize_t n = ::read(file.number, buffer, sizeof buffer);
    if (n > 0) {
      text.append(buffer, static_cast<std::size_t>(n));
      begun = true;
      continue;
    }
    if (n == 0 && begun) return without_line_end(std::move(text));
    if (n < 0 && errno != EAGAIN && errno != EINTR) return unreadable();
    constexpr int kLookAgainMs = 200;  // only where the system had no descriptor for the token
    pollfd watched[] = {{file.number, POLLIN, 0}, {cancel != nullptr ? cancel->descriptor() : -1, POLLIN, 0}};
    ::poll(watched, 2, kLookAgainMs);
    if (is_cancelled(cancel)) return Error{ErrorKind::Unavailable, "Stopped while the secret was read from " + path, ""};
    begun = begun || (watched[0].revents & (POLLHUP | POLLERR)) != 0;
  }
  return usage("the secret's file " + path + " is too large for a secret", "");
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
    return usage("a secret must be a reference: env:NAME, file:PATH or cmd:COMMAND",
                 "Never write the secret itself into a configuration file.");
  auto value = kind == "env" ? from_environment(rest) : kind == "file" ? from_file(rest, cancel) : from_command(rest, cancel);
  if (!value) return value;
  if (value->empty()) return usage("the secret " + reference + " is empty", "");
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
