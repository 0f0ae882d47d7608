#include "core/ledger/job_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/ledger/job_info.h"
#include "core/ledger/state_dir.h"

namespace switchboard::ledger {
namespace {

class FileLock final : public JobLock {
 public:
  FileLock(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  // The name goes first: whoever opened the file meanwhile finds, after locking, that it has no name any
  // more.
  ~FileLock() override {
    ::unlink(path_.c_str());
    ::close(descriptor_);
  }

 private:
  int descriptor_;
  std::string path_;
};

Error cannot_lock(const std::string& path, int reason) {
  return {ErrorKind::Usage, "The lock " + path + " cannot be made: " + std::strerror(reason) + ".",
          "Check the permissions of the state directory, or choose another one with --state-dir."};
}

std::string holder_of(int descriptor) {
  char text[32];
  const auto size = std::max<ssize_t>(::pread(descriptor, text, sizeof text, 0), 0);
  std::string pid(text, static_cast<std::size_t>(size));
  return pid.substr(0, pid.find_first_not_of("0123456789"));
}

Error in_use(const std::string& job, int descriptor) {
  const std::string pid = holder_of(descriptor);
  const std::string who = pid == std::to_string(::getpid()) ? "this very process"
                          : pid.empty()                     ? "another process"
                                                            : "process " + pid;
  return {ErrorKind::Usage, "Job " + job + " is in use by " + who + ".",
          "Wait until it has finished, or stop that process first; nothing is lost."};
}

bool has_its_name(int descriptor, const std::string& path) {
  struct stat ours {
  }, named{};
  return ::fstat(descriptor, &ours) == 0 && ::stat(path.c_str(), &named) == 0 &&
         ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

}  // namespace

Result<std::unique_ptr<JobLock>> lock_job(const std::string& state_dir, const std::string& job) {
  if (!is_job_id(job)) {
    return Error{ErrorKind::Usage, "There is no job with that name.", "`switchboard jobs` lists the jobs."};
  }
  const std::string directory = state_dir + "/locks";
  if (auto ready = prepare_directory(directory); !ready) return ready.error();
  const std::string path = directory + "/" + job;
  for (;;) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return cannot_lock(path, errno);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      const int reason = errno;
      Error error = reason == EWOULDBLOCK ? in_use(job, descriptor) : cannot_lock(path, reason);
      ::close(descriptor);
      return error;
    }
    if (!has_its_name(descriptor, path)) {  // its holder let go, and removed it, between our open and flock
      ::close(descriptor);
      continue;
    }
    auto lock = std::make_unique<FileLock>(descriptor, path);
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
      return cannot_lock(path, errno);
    }
    return std::unique_ptr<JobLock>(std::move(lock));
  }
}

// A shared lock that is let go at once: whoever wants the job in that moment is told that it is in use, which it nearly was.
bool is_held(const std::string& state_dir, const std::string& job) {
  const std::string path = state_dir + "/locks/" + job;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return false;
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return held;
}

std::optional<std::string> held_job(const std::string& state_dir) {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(state_dir + "/locks", none)) {
    const std::string job = entry.path().filename().string();
    if (is_held(state_dir, job)) return job;
  }
  return std::nullopt;
}

}  // namespace switchboard::ledger
