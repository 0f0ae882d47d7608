#include "host/connectors/worker/process.h"

#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "host/connectors/isolation.h"
#include "host/connectors/worker/worker.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U  // Linux 6.3: where the system wants to be told that what is in it will run
#endif

namespace switchboard::connectors {
namespace {

std::atomic<bool> program_is_worker{false};

}  // namespace

void set_program_is_worker(bool value) { program_is_worker = value; }

namespace worker {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgramName = "switchboard-worker";

Error trouble(const std::string& what) {
  return Error{ErrorKind::Internal, what + ": " + std::strerror(errno), "Free some memory, or end other programs."};
}

/// A descriptor above those that a worker is given, so that none of them is in the other's place.
int out_of_the_way(int descriptor) {
  const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kFirstClosedDescriptor);
  ::close(descriptor);
  return moved;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string signal_text(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "crashed (segmentation fault)";
    case SIGBUS:
      return "crashed (bus error)";
    case SIGILL:
      return "crashed (illegal instruction)";
    case SIGFPE:
      return "crashed (division by zero, or the like)";
    case SIGTRAP:
      return "crashed (trap)";
    case SIGABRT:
      return "aborted";
    case SIGSYS:
      return "made a forbidden system call";
    case SIGXCPU:
      return "used more processor time than it may";
    case SIGKILL:
      return "was killed (by the system, for memory?)";
    default:
      return "was ended by signal " + std::to_string(signal);
  }
}

std::string system_call_name(std::uint32_t number) {
  char* name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, static_cast<int>(number));
  if (name == nullptr) return "number " + std::to_string(number);
  std::string text = name;
  std::free(name);
  return text;
}

std::string seconds(std::chrono::milliseconds time) {
  if (time.count() % 1000 != 0) return std::to_string(time.count()) + " milliseconds";
  return std::to_string(time.count() / 1000) + (time.count() == 1000 ? " second" : " seconds");
}

}  // namespace

Result<std::shared_ptr<const Image>> Image::of(std::string shown_path, const ElfFile& library) {
  int file = ::memfd_create("connector", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
  if (file < 0 && errno == EINVAL) file = ::memfd_create("connector", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return trouble("No memory for the library " + shown_path);
  auto image = std::shared_ptr<const Image>(new Image(std::move(shown_path), file));
  constexpr std::uint64_t kAtOnce = 256 * 1024;
  for (std::uint64_t at = 0; at < library.size(); at += kAtOnce) {
    const auto bytes = library.slice(at, std::min(kAtOnce, library.size() - at));
    if (!bytes)
      return Error{ErrorKind::Usage, image->shown_path() + ": changed while it was read", "Try again when it is complete."};
    if (!write_all(file, *bytes)) return trouble("No memory for the library " + image->shown_path());
  }
  if (::fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return trouble("The library " + image->shown_path() + " cannot be kept from changes");
  return image;
}

Image::~Image() { ::close(descriptor_); }

Result<std::unique_ptr<Process>> Process::start(const std::string& program, const Image& image, const WorkerLimits& limits) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return trouble("No line to a worker can be had");
  const int ours = ends[0], theirs = out_of_the_way(ends[1]);
  const int library = ::fcntl(image.descriptor(), F_DUPFD_CLOEXEC, kFirstClosedDescriptor);
  ::fcntl(ours, F_SETFL, O_NONBLOCK);

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawnattr_init(&attributes);
  int failed = 0;
  for (int descriptor = 0; descriptor <= kLastStandardDescriptor; ++descriptor)
    failed |= ::posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0);
  failed |= ::posix_spawn_file_actions_adddup2(&files, theirs, kSocket);
  failed |= ::posix_spawn_file_actions_adddup2(&files, library, kLibrary);
  failed |= ::posix_spawn_file_actions_addclosefrom_np(&files, kLibrary + 1);
  sigset_t none, all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  failed |= ::posix_spawnattr_setsigmask(&attributes, &none);
  failed |= ::posix_spawnattr_setsigdefault(&attributes, &all);
  // A session of its own: a Ctrl-C at the terminal is for the host alone.
  failed |= ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);

  std::string name = kProgramName, shown = image.shown_path(), allowed = word_of(limits);
  std::array<char*, 4> arguments = {name.data(), shown.data(), allowed.data(), nullptr};
  char* no_environment[] = {nullptr};  // secrets may stand in ours
  pid_t pid = -1;
  if (failed == 0) failed = ::posix_spawn(&pid, program.c_str(), &files, &attributes, arguments.data(), no_environment);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  ::close(theirs);
  ::close(library);
  if (failed != 0) {
    ::close(ours);
    errno = failed;
    return trouble("The worker " + program + " cannot be started");
  }
  return std::unique_ptr<Process>(new Process(pid, ours, limits));
}

Process::~Process() {
  if (alive()) bury();
  ::close(socket_);
}

void Process::begin(std::chrono::milliseconds deadline, const CancelToken* cancel) {
  allowed_ = deadline;
  cancel_ = cancel;
  stopping_ = out_of_memory_ = false;
  until_ = Clock::now() + deadline;
  // Should this process be gone, nobody watches the clock any more.
  clockid_t clock;
  timespec used{};
  if (!alive() || ::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return;
  const auto limit = static_cast<rlim_t>(used.tv_sec + deadline.count() / 1000 + limits_.processor_more.count());
  const rlimit processor{limit, RLIM_INFINITY};
  ::prlimit(pid_, RLIMIT_CPU, &processor, nullptr);
}

/// Until the socket is ready; false: the worker was ended, for the time or the user.
bool Process::wait(short events) {
  while (true) {
    if (!stopping_ && is_cancelled(cancel_)) {
      stopping_ = true;
      until_ = std::min(until_, Clock::now() + limits_.stopping);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until_ - Clock::now()).count();
    if (left <= 0) {
      if (stopping_)
        end({"was still at work when the job was told to stop", true, true});
      else
        end({"gave no answer within " + seconds(allowed_), true, false});
      return false;
    }
    std::array<pollfd, 2> watched = {{{socket_, events, 0}, {cancel_ == nullptr || stopping_ ? -1 : cancel_->descriptor(), POLLIN, 0}}};
    // Without a descriptor to watch, the token is looked at every now and then.
    const auto pause = cancel_ != nullptr && cancel_->descriptor() < 0 ? std::min<long long>(left, 50) : static_cast<long long>(left);
    if (::poll(watched.data(), watched.size(), static_cast<int>(pause) + 1) > 0 && watched[0].revents != 0) return true;
  }
}

bool Process::send(const std::string& frame) {
  if (frame.size() > kMaxFrameBytes) {
    end({"was to be given more than " + std::to_string(kMaxFrameBytes >> 20) + " MiB", true, false});
    return false;
  }
  for (std::string_view left = frame; alive() && !left.empty();) {
    const auto sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      left.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      if (!wait(POLLOUT)) return false;
    } else if (errno != EINTR) {
      end({.how = "closed its line to the host", .line_closed = true});
    }
  }
  return alive();
}

bool Process::read_exactly(std::string& out, std::size_t size) {
  constexpr std::size_t kPiece = 1u << 20;  // memory grows with what comes, not with what is announced
  while (out.size() < size) {
    if (!wait(POLLIN)) return false;  // each time: a worker that never stops sending must not outlive its time
    const auto had = out.size();
    out.resize(had + std::min(size - had, kPiece));
    const auto got = ::recv(socket_, out.data() + had, out.size() - had, 0);
    out.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN))) continue;
    end({.how = "closed its line to the host", .line_closed = true});
    return false;
  }
  return true;
}

bool Process::receive(Received& out) {
  while (alive()) {
    std::string head;
    if (!read_exactly(head, kFrameHead)) return false;
    std::uint32_t size = 0;
    std::memcpy(&size, head.data(), sizeof size);
    out.kind = static_cast<Kind>(head[sizeof size]);
    out.payload.clear();
    if (size < sizeof(Kind) || size > kMaxFrameBytes) {
      condemn("a frame of " + std::to_string(size) + " bytes");
      return false;
    }
    if (!read_exactly(out.payload, size - sizeof(Kind))) return false;
    if (out.kind == Kind::OutOfMemory) {
      note_out_of_memory();
      continue;
    }
    if (out.kind != Kind::Forbidden) return true;
    FrameReader frame(out.payload);
    const auto number = frame.number();
    end({"made the forbidden system call " + system_call_name(number), false, false});
  }
  return false;
}

void Process::condemn(const std::string& what) {
  if (alive()) end({"broke the worker's protocol: it sent " + what, false, false});
}

/// `death` is what we know; how the process itself ended says more, where it ended by itself.
void Process::end(Death death) {
  const bool by_itself = death.line_closed;
  int status = 0;
  if (by_itself) {
    // It is ending, or it has closed its line and lives on, which its lock forbids. On a busy machine more than half a second lay
    // between the two ends.
    constexpr std::chrono::seconds kLongest{3};
    const auto begin = Clock::now();
    while (Clock::now() - begin < (is_cancelled(cancel_) ? limits_.stopping : kLongest)) {
      if (::waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = -1;
        death.how = how_it_ended(status);
        death.believed = !(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
        break;
      }
      const timespec moment{0, 2'000'000};
      ::nanosleep(&moment, nullptr);
    }
  }
  if (alive()) bury();
  death_ = std::move(death);
}

std::string Process::how_it_ended(int status) const {
  const std::string memory =
      "ran out of memory (" + std::to_string(limits_.memory_bytes >> 20) + " MiB are allowed) and ";
  const std::string prefix = out_of_memory_ ? memory : "";
  if (WIFSIGNALED(status)) return prefix + signal_text(WTERMSIG(status));
  if (WEXITSTATUS(status) == kCannotBeLocked)
    return "is not possible: this system does not let its process be locked down (seccomp, Landlock, limits); who trusts the connector "
           "as this program itself gives --isolate never";
  return prefix + "ended its process (exit code " + std::to_string(WEXITSTATUS(status)) + ")";
}

void Process::bury() {
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);  // the group is there as soon as it has begun
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

Result<std::string> worker_program() {
  std::error_code failed;
  const auto self = fs::read_symlink("/proc/self/exe", failed);
  const auto folder = self.parent_path();
  for (const auto& place : {folder / kProgramName, folder / ".." / "libexec" / "switchboard" / kProgramName})
    if (::access(place.c_str(), X_OK) == 0) return place.string();
  if (program_is_worker) return std::string("/proc/self/exe");
  return Error{ErrorKind::Usage, std::string("The program ") + kProgramName + ", in which foreign connectors run, is not installed beside this one (" + folder.string() + ").",
               "Install Switchboard whole (cmake --install), or, if you trust the connector as this program itself, give --isolate never."};
}

}  // namespace worker
}  // namespace switchboard::connectors
