#include "core/base/whole_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace switchboard {
namespace {

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

WholeFile unreadable(int reason) { return {WholeFile::End::Unreadable, "", std::strerror(reason)}; }

}  // namespace

WholeFile read_whole_file(const std::string& path, std::size_t most_bytes, const CancelToken* cancel) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)};
  if (file.number < 0) return unreadable(errno);
  bool begun = !waits_for_writer(file.number, path);
  std::string text;
  char buffer[16 * 1024];
  while (text.size() <= most_bytes) {
    const ssize_t n = ::read(file.number, buffer, sizeof buffer);
    if (n > 0) {
      text.append(buffer, static_cast<std::size_t>(n));
      begun = true;
      continue;
    }
    if (n == 0 && begun) return {WholeFile::End::Complete, std::move(text), ""};
    if (n < 0 && errno != EAGAIN && errno != EINTR) return unreadable(errno);
    constexpr int kLookAgainMs = 200;  // only where the system had no descriptor for the token
    pollfd watched[] = {{file.number, POLLIN, 0}, {cancel != nullptr ? cancel->descriptor() : -1, POLLIN, 0}};
    ::poll(watched, 2, kLookAgainMs);
    if (is_cancelled(cancel)) return {WholeFile::End::Stopped, "", ""};
    begun = begun || (watched[0].revents & (POLLHUP | POLLERR)) != 0;
  }
  return {WholeFile::End::TooLarge, std::move(text), ""};
}

}  // namespace switchboard
