#include "host/cli/write_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace switchboard::cli {

Result<void> write_file(const std::string& path, std::string_view content) {
  auto error = [&](int number) {
    return Error{ErrorKind::Storage, path + " cannot be written: " + std::strerror(number) + ".",
                 "Check the directory, its permissions and the free space."};
  };
  const std::string temporary = path + ".part" + std::to_string(getpid());
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return error(errno);
  while (!content.empty()) {
    const ssize_t n = ::write(descriptor, content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int number = errno;
      ::close(descriptor);
      ::unlink(temporary.c_str());
      return error(number);
    }
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::close(descriptor) != 0 || std::rename(temporary.c_str(), path.c_str()) != 0) {
    const int number = errno;
    ::unlink(temporary.c_str());
    return error(number);
  }
  return {};
}

}  // namespace switchboard::cli
