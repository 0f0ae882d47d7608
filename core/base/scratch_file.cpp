#include "core/base/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace switchboard {
namespace {

Error cannot_use(const std::string& directory, const char* what, int reason) {
  return {ErrorKind::Storage, "A temporary file in " + directory + " cannot be " + what + ": " + std::strerror(reason) + ".",
          reason == ENOSPC || reason == EDQUOT || reason == EFBIG ? "Free some space there, or choose another disk with --state-dir."
                                                                  : "Choose another directory with --state-dir."};
}

int open_without_name(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return descriptor;
  // Some file systems have no files without a name.
  std::string path = directory + "/scratch-XXXXXX";
  const int named = ::mkostemp(path.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(path.c_str());
  return named;
}

}  // namespace

Result<std::unique_ptr<ScratchFile>> ScratchFile::create(const std::string& directory) {
  const int descriptor = open_without_name(directory);
  if (descriptor < 0) return cannot_use(directory, "made", errno);
  return std::unique_ptr<ScratchFile>(new ScratchFile(directory, descriptor));
}

ScratchFile::~ScratchFile() { ::close(descriptor_); }

Result<std::uint64_t> ScratchFile::append(std::string_view bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto written = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(end_ + done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return cannot_use(directory_, "written", written < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(written);
  }
  const auto offset = end_;
  end_ += bytes.size();
  return offset;
}

Result<void> ScratchFile::read(std::uint64_t offset, char* into, std::size_t bytes) const {
  for (std::size_t done = 0; done < bytes;) {
    const auto got = ::pread(descriptor_, into + done, bytes - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return cannot_use(directory_, "read", got < 0 ? errno : EIO);
    done += static_cast<std::size_t>(got);
  }
  return {};
}

void ScratchFile::give_back(std::uint64_t offset, std::uint64_t bytes) {
  // Where the file system cannot, the room is given back with the file.
  ::fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset), static_cast<off_t>(bytes));
}

std::unique_ptr<ScratchFile> ScratchPlace::open() {
  if (directory_.empty()) return nullptr;
  auto made = ScratchFile::create(directory_);
  if (made) return std::move(*made);
  refused(made.error());
  return nullptr;
}

void ScratchPlace::refused(const Error& why) {
  const std::lock_guard lock(mutex_);
  if (!trouble_) trouble_ = why;
}

std::optional<Error> ScratchPlace::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

}  // namespace switchboard
