#include "host/connectors/worker/lockdown.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "host/connectors/worker/frame.h"
#include "host/connectors/worker/worker.h"
#include "switchboard/allowed_system_calls.h"

namespace switchboard::connectors::worker {
namespace {

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "switchboard-worker: %s is not possible here\n", what);
  ::_exit(kCannotBeLocked);
}

void limit(__rlimit_resource what, rlim_t value) {
  const rlimit both{value, value};
  if (::setrlimit(what, &both) != 0) give_up("a limit of resources");
}

/// Tells the host which system call it was. What the connector was in the middle of never goes on.
void on_forbidden(int, siginfo_t* info, void*) {
  char frame[kFrameHead + sizeof(std::uint32_t)];
  const std::uint32_t size = sizeof frame - sizeof(std::uint32_t), number = static_cast<std::uint32_t>(info->si_syscall);
  std::memcpy(frame, &size, sizeof size);
  frame[sizeof size] = static_cast<char>(Kind::Forbidden);
  std::memcpy(frame + kFrameHead, &number, sizeof number);
  ::send(kSocket, frame, sizeof frame, MSG_NOSIGNAL);
  ::_exit(70);
}

/// Landlock has no functions in the C library. Its later versions know more than the header that this was built with.
constexpr std::uint64_t kBindAndConnectTcp = 3, kAbstractSocketsAndSignals = 3;

struct LandlockRules {
  std::uint64_t files, network, scopes;
};

void landlock() {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return;
  constexpr int kBitsOfVersion[] = {0, 13, 14, 15, 15, 16};
  LandlockRules rules{(1ull << kBitsOfVersion[version < 5 ? version : 5]) - 1, version >= 4 ? kBindAndConnectTcp : 0,
                      version >= 6 ? kAbstractSocketsAndSignals : 0};
  const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0 || ::syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) give_up("Landlock");
  ::close(static_cast<int>(ruleset));
}

class Filter {
 public:
  Filter() : context_(::seccomp_init(SCMP_ACT_TRAP)) {
    // No new privileges: lock_for_loading() has seen to it, and the second filter could not.
    if (context_ == nullptr || ::seccomp_attr_set(context_, SCMP_FLTATR_CTL_NNP, 0) != 0) give_up("a filter of system calls");
  }
  ~Filter() { ::seccomp_release(context_); }
  template <class... Conditions>
  void allow(int call, Conditions... conditions) {
    add(SCMP_ACT_ALLOW, call, conditions...);
  }
  /// What asks for harmless things that it does not get: it is told no, and goes on.
  void deny(int call) { add(SCMP_ACT_ERRNO(EPERM), call); }
  void load() {
    if (::seccomp_load(context_) != 0) give_up("a filter of system calls");
  }

 private:
  template <class... Conditions>
  void add(std::uint32_t action, int call, Conditions... conditions) {
    const scmp_arg_cmp list[] = {conditions..., scmp_arg_cmp{}};
    if (::seccomp_rule_add_array(context_, action, call, sizeof...(conditions), list) != 0)
      give_up("a filter of system calls");
  }
  scmp_filter_ctx context_;
};

/// The library's own macros for this are C.
scmp_arg_cmp argument(unsigned index, scmp_compare how, std::uint64_t value, std::uint64_t masked = 0) {
  return {index, how, value, masked};
}
scmp_arg_cmp bits_are(const ArgumentIs& is) { return argument(is.argument, SCMP_CMP_MASKED_EQ, is.mask, is.value); }
scmp_arg_cmp first_is(int value) { return argument(0, SCMP_CMP_EQ, static_cast<std::uint64_t>(value)); }

/// What a connector needs that computes and nothing else, and what the worker needs beside it.
void allow_computing(Filter& filter) {
  for (const long call : kAllowedCalls) filter.allow(static_cast<int>(call));
  for (const long call : kAllowedByWorkerAlone) filter.allow(static_cast<int>(call));
  for (int call : {SCMP_SYS(sendto), SCMP_SYS(recvfrom)}) filter.allow(call, first_is(kSocket));
  // Nobody ever sees what is printed: it goes to /dev/null.
  for (int call : {SCMP_SYS(write), SCMP_SYS(writev)})
    filter.allow(call, argument(0, SCMP_CMP_LE, kLastStandardDescriptor));
  for (const auto& [call, first, second] : conditional_calls()) {
    if (second.mask == 0)
      filter.allow(static_cast<int>(call), bits_are(first));
    else
      filter.allow(static_cast<int>(call), bits_are(first), bits_are(second));
  }
  for (const long call : kRefusedCalls) filter.deny(static_cast<int>(call));
  for (const long call : kRefusedByWorkerAlone) filter.deny(static_cast<int>(call));
#if defined(SWITCHBOARD_SANITIZED)
  // Their runtimes try memory out with a pipe, and wait for one another.
  for (int call : {SCMP_SYS(futex), SCMP_SYS(sigaltstack), SCMP_SYS(prctl), SCMP_SYS(pipe2), SCMP_SYS(write), SCMP_SYS(close)})
    filter.allow(call);
#endif
}

}  // namespace

void lock_for_loading([[maybe_unused]] const WorkerLimits& limits) {
  // A sanitizer's runtime reserves terabytes of addresses and never uses them.
#if !defined(SWITCHBOARD_SANITIZED)
  limit(RLIMIT_AS, limits.memory_bytes);
#endif
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_MEMLOCK, 0);
  limit(RLIMIT_MSGQUEUE, 0);
  limit(RLIMIT_NOFILE, kFirstClosedDescriptor);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up("going without new privileges");
  landlock();

  struct sigaction forbidden {};
  forbidden.sa_sigaction = on_forbidden;
  forbidden.sa_flags = SA_SIGINFO | SA_NODEFER;
  if (::sigaction(SIGSYS, &forbidden, nullptr) != 0) give_up("a signal handler");
  Filter filter;
  allow_computing(filter);
  // The dynamic loader; only reading, and where there is Landlock only the library itself.
  constexpr std::uint64_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_TMPFILE;
  filter.allow(SCMP_SYS(openat), argument(2, SCMP_CMP_MASKED_EQ, kWriting, 0));
  for (int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(close)}) filter.allow(call);
  for (const long call : kRefusedByWorkerOnceLoaded) filter.allow(static_cast<int>(call));
  filter.allow(SCMP_SYS(seccomp));  // the next filter; whoever adds one of his own only gets less
  filter.load();
}

void lock_for_calls() {
  Filter filter;
  allow_computing(filter);
  for (const long call : kRefusedByWorkerOnceLoaded) filter.deny(static_cast<int>(call));
  filter.load();
}

}  // namespace switchboard::connectors::worker
