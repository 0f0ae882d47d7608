#include "core/base/sync_directory.h"

#include <fcntl.h>
#include <unistd.h>

namespace switchboard {

void sync_directory(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void sync_directory_of(const std::string& file) {
  const auto slash = file.find_last_of('/');
  sync_directory(slash == std::string::npos ? "." : file.substr(0, slash + 1));
}

}  // namespace switchboard
