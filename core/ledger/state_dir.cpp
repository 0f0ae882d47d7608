#include "core/ledger/state_dir.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace switchboard::ledger {
namespace {

Error unusable(const std::string& path, int reason) {
  return {ErrorKind::Usage, "The state directory " + path + " cannot be used: " + std::strerror(reason) + ".",
          "Choose a directory that you may write to with --state-dir or SWITCHBOARD_STATE_DIR."};
}

/// 0, or errno.
int make_directories(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return 0;
  if (errno == EEXIST) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) return errno;
    return S_ISDIR(facts.st_mode) ? 0 : ENOTDIR;
  }
  if (errno != ENOENT) return errno;
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos || slash == 0) return ENOENT;
  if (const int reason = make_directories(path.substr(0, slash)); reason != 0) return reason;
  return ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST ? 0 : errno;
}

}  // namespace

Result<void> prepare_directory(const std::string& path) {
  if (path.empty()) return unusable("\"\"", ENOENT);
  std::string trimmed = path;
  while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.pop_back();
  if (const int reason = make_directories(trimmed); reason != 0) return unusable(path, reason);
  if (::access(trimmed.c_str(), W_OK | X_OK) != 0) return unusable(path, errno);
  return {};
}

}  // namespace switchboard::ledger
