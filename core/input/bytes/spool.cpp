#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "core/input/bytes/spool.h"

namespace switchboard::input {
namespace {

/// A new file that goes away again unless it is kept.
class SpoolFile {
 public:
  explicit SpoolFile(const std::string& directory) : path_(directory + "/stdin-XXXXXX") {
    descriptor_ = ::mkostemp(path_.data(), O_CLOEXEC);  // creates with mode 0600
  }
  ~SpoolFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!kept_) ::unlink(path_.c_str());
  }
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  std::string keep() {
    kept_ = true;
    return path_;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool kept_ = false;
};

Error cannot_write(const std::string& directory, int code) {
  return {ErrorKind::Storage,
          fmt::format("standard input cannot be kept in {}: {}", directory, std::strerror(code)),
          code == ENOSPC || code == EDQUOT
              ? "Free some space there, or choose another place with --state-dir."
              : "Choose another place with --state-dir."};
}

bool write_all(int descriptor, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::write(descriptor, data, size);
    if (n < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    data += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

/// Returns when there is something to read, or the end; false: cancelled.
bool wait_for_input(int descriptor, const CancelToken* cancel) {
  constexpr int kLookAgainMs = 200;  // only where the system had no descriptor for the token
  while (cancel != nullptr) {
    if (cancel->is_cancelled()) return false;
    pollfd watched[] = {{descriptor, POLLIN, 0}, {cancel->descriptor(), POLLIN, 0}};
    const int ready = ::poll(watched, 2, cancel->descriptor() < 0 ? kLookAgainMs : -1);
    if (ready > 0 && watched[0].revents != 0) return !cancel->is_cancelled();
  }
  return true;
}

}  // namespace

Result<std::string> spool(int descriptor, const std::string& directory, const CancelToken* cancel) {
  SpoolFile file(directory);
  if (!file.is_open()) return cannot_write(directory, errno);
  std::vector<char> block(std::size_t{256} << 10);
  for (;;) {
    if (!wait_for_input(descriptor, cancel))
      return Error{ErrorKind::Unavailable, "Stopped while standard input was read.", ""};
    const ssize_t n = ::read(descriptor, block.data(), block.size());
    if (n == 0) break;
    if (n < 0) {
      if (errno == EINTR) continue;
      return Error{ErrorKind::Input, fmt::format("standard input cannot be read: {}", std::strerror(errno)),
                   ""};
    }
    if (!write_all(file.descriptor(), block.data(), static_cast<std::size_t>(n)))
      return cannot_write(directory, errno);
  }
  // A job is resumed from this copy: it must outlive a power cut as the ledger does.
  if (::fsync(file.descriptor()) != 0) return cannot_write(directory, errno);
  return file.keep();
}

}  // namespace switchboard::input
