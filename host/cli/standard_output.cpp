#include "host/cli/standard_output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace switchboard::cli {

bool StandardOutput::write(std::string_view text) {
  constexpr std::size_t kBufferBytes = 64 * 1024;
  if (first_error_ != 0) return false;
  buffer_ += text;
  return buffer_.size() < kBufferBytes || flush();
}

bool StandardOutput::flush() {
  std::string_view rest = buffer_;
  while (first_error_ == 0 && !rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0)
      rest.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      first_error_ = errno;
  }
  buffer_.clear();
  return first_error_ == 0;
}

Result<void> StandardOutput::finish() {
  if (flush() || first_error_ == EPIPE) return {};
  return Error{ErrorKind::Storage,
               std::string("Standard output cannot be written") +
                   (first_error_ == EBADF ? ", it is closed." : std::string(": ") + std::strerror(first_error_) + "."),
               "What was printed is not complete. Free some space, or send it elsewhere; the report of a job can be printed "
               "again with `switchboard report`."};
}

}  // namespace switchboard::cli
