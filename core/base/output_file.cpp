#include "core/base/output_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/base/sync_directory.h"

namespace switchboard {
namespace {

constexpr const char* kPart = ".part-";
constexpr std::size_t kBufferBytes = 256 * 1024;

/// Where a symbolic link leads, so that what it names is replaced and not the link.
std::string resolved(const std::string& path) {
  char real[PATH_MAX];
  return ::realpath(path.c_str(), real) != nullptr ? std::string(real) : path;
}

/// A file without a name beside `target`, mode 0600; -1: there is none here (NFS and others, or no /proc, through which it gets a name).
int open_nameless(const std::string& target) {
  if (::access("/proc/self/fd", X_OK) != 0) return -1;
  const auto slash = target.find_last_of('/');
  const std::string directory = slash == std::string::npos ? "." : target.substr(0, slash + 1);
  return ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

/// Gives a nameless file a name that begins so and nobody has. Empty: it could not, as errno says.
std::string give_name(int descriptor, const std::string& beginning) {
  const std::string by_descriptor = "/proc/self/fd/" + std::to_string(descriptor);
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    unsigned char dice[6];
    if (::getrandom(dice, sizeof dice, 0) != sizeof dice) return {};
    std::string name = beginning;
    for (const unsigned char die : dice) name += static_cast<char>('a' + die % 26);
    if (::linkat(AT_FDCWD, by_descriptor.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return name;
    if (errno != EEXIST) return {};
  }
  return {};
}

Error wrong_target(const std::string& path, const std::string& why) {
  return {ErrorKind::Usage, "The file " + path + " cannot be written: " + why + ".",
          "Name another file."};
}

Error cannot_write(const std::string& path, int reason) {
  return {ErrorKind::Storage, "The file " + path + " cannot be written: " + std::strerror(reason) + ".",
          reason == ENOSPC || reason == EDQUOT || reason == EFBIG
              ? "Free some space, or name a file on another disk; an incomplete file was not left behind."
              : "Name a file in a directory that you may write to."};
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {
  buffer_.reserve(kBufferBytes);
}

Result<std::unique_ptr<OutputFile>> OutputFile::create(const std::string& path, const std::string& not_this) {
  struct stat facts {
  }, kept{};
  // Through the link, not at what it names: Linux forbids following those that others put into /tmp (protected_symlinks).
  const bool exists = ::stat(path.c_str(), &facts) == 0;
  if (!exists && errno != ENOENT) return cannot_write(path, errno);
  const std::string target = exists ? resolved(path) : path;
  if (exists) {
    if (S_ISDIR(facts.st_mode)) return wrong_target(path, "it is a directory");
    if (!S_ISREG(facts.st_mode)) return wrong_target(path, "it is not a regular file");
    if (!not_this.empty() && ::stat(not_this.c_str(), &kept) == 0 && facts.st_dev == kept.st_dev && facts.st_ino == kept.st_ino) {
      return wrong_target(path, "it is the source itself");
    }
  }
  std::string temporary;
  int descriptor = open_nameless(target);
  if (descriptor < 0) {
    temporary = target + kPart + "XXXXXX";
    descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  }
  if (descriptor < 0) return cannot_write(path, errno);
  return std::unique_ptr<OutputFile>(new OutputFile(target, temporary, descriptor));
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Error OutputFile::failure(int reason) const { return cannot_write(path_, reason); }

Result<void> OutputFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() < kBufferBytes) return {};
  return flush();
}

Result<void> OutputFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto size = ::write(descriptor_, rest.data(), rest.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failure(errno);
    rest.remove_prefix(static_cast<std::size_t>(size));
  }
  buffer_.clear();
  return {};
}

Result<void> OutputFile::commit() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (::fsync(descriptor_) != 0) return failure(errno);
  if (temporary_.empty()) temporary_ = give_name(descriptor_, path_ + kPart);
  if (temporary_.empty()) return failure(errno);
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) return failure(errno);
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return failure(errno);
  temporary_.clear();
  sync_directory_of(path_);
  return {};
}

Result<void> write_file(const std::string& path, std::string_view content) {
  auto file = OutputFile::create(path);
  if (!file) return file.error();
  if (auto written = (*file)->write(content); !written) return written;
  return (*file)->commit();
}

}  // namespace switchboard
