#include "lock.h"

#include <switchboard/allowed_system_calls.h>

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <vector>

namespace switchboard::conformance {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SWB_JUDGE_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SWB_JUDGE_SANITIZED
#endif
#if defined(SWB_JUDGE_SANITIZED)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// A seccomp filter: allowed calls one after the other, everything else is a trap.
class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    load(offsetof(seccomp_data, nr));
  }

  void allow(long call) { answer(call, SECCOMP_RET_ALLOW); }
  /// Is told no, and goes on.
  void deny(long call) { answer(call, SECCOMP_RET_ERRNO | EPERM); }
  /// Allowed where (argument & mask) is one of the values.
  void allow_where(long call, unsigned argument, std::uint32_t mask, const std::vector<std::uint32_t>& values) {
    const auto n = static_cast<std::uint8_t>(values.size());
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, static_cast<std::uint8_t>(2 * n + 3));
    load_argument(argument);
    add(BPF_ALU | BPF_AND | BPF_K, mask);
    for (const std::uint32_t value : values) {
      add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
      add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    }
    add(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
  }
  /// Allowed where both hold.
  void allow_where(const ConditionalCall& where) {
    std::vector<ArgumentIs> conditions = {where.first};
    if (where.second.mask != 0) conditions.push_back(where.second);
    constexpr std::size_t kEach = 3, kAnswers = 2;  // instructions
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(where.call), 0, static_cast<std::uint8_t>(kEach * conditions.size() + kAnswers));
    for (std::size_t left = conditions.size(); left-- > 0;) {
      const ArgumentIs& is = conditions[conditions.size() - 1 - left];
      load_argument(is.argument);
      add(BPF_ALU | BPF_AND | BPF_K, is.mask);
      add(BPF_JMP | BPF_JEQ | BPF_K, is.value, 0, static_cast<std::uint8_t>(kEach * left + kAnswers - 1));
    }
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    add(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
  }
  bool install() {
    add(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    const sock_fprog program = {static_cast<unsigned short>(code_.size()), code_.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  void add(int code, std::uint32_t k, std::uint8_t if_true = 0, std::uint8_t if_false = 0) {
    code_.push_back({static_cast<std::uint16_t>(code), if_true, if_false, k});
  }
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  void load_argument(unsigned n) { load(offsetof(seccomp_data, args) + n * sizeof(std::uint64_t)); }
  void answer(long call, std::uint32_t what) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    add(BPF_RET | BPF_K, what);
  }

  std::vector<sock_filter> code_;
};

void on_forbidden(int, siginfo_t* info, void*) {
  board().forbidden = info->si_syscall;
  ::_exit(70);
}

/// `alone`: code that is loaded, in a process of one thread.
void allow_computing(Filter& filter, int pipe, bool alone) {
  for (const long call : kAllowedCalls) filter.allow(call);
  for (const auto& where : conditional_calls())
    if (alone) filter.allow_where(where);
    else if (where.call != SYS_tgkill) filter.allow(where.call);
  if (!alone) filter.allow_where(SYS_tgkill, 2, ~0u, {SIGABRT});  // what stops itself would be taken for one that Ctrl-Z has stopped
  for (const long call : kAllowedByJudgeAlone) filter.allow(call);
  filter.allow_where(SYS_newfstatat, 3, AT_EMPTY_PATH, {AT_EMPTY_PATH});  // of a descriptor; a path is a file
  for (const long call : {SYS_write, SYS_writev}) filter.allow_where(call, 0, ~0u, {1, 2, static_cast<std::uint32_t>(pipe)});
  for (const long call : kRefusedCalls) filter.deny(call);
}

/// What a sanitizer's runtime does of its own accord.
void allow_sanitizers(Filter& filter) {
  for (const long call : {SYS_sigaltstack, SYS_prctl, SYS_pipe2, SYS_read, SYS_write, SYS_close, SYS_clock_gettime, SYS_getuid,
                          SYS_readlinkat, SYS_personality, SYS_ppoll, SYS_prlimit64, SYS_sched_getaffinity})
    filter.allow(call);
#if defined(SYS_pipe)
  for (const long call : {SYS_pipe, SYS_readlink, SYS_poll}) filter.allow(call);
#endif
}

void allow_reading(Filter& filter) {
  constexpr std::uint32_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  filter.allow_where(SYS_openat, 2, kWriting, {0});
  for (const long call : {SYS_read, SYS_pread64, SYS_close, SYS_newfstatat, SYS_statx, SYS_getdents64, SYS_faccessat, SYS_readlinkat, SYS_getcwd})
    filter.allow(call);
#if defined(SYS_open)
  filter.allow_where(SYS_open, 1, kWriting, {0});
  for (const long call : {SYS_access, SYS_readlink, SYS_stat}) filter.allow(call);
#endif
}

void allow_starting(Filter& filter) {
  for (const long call : {SYS_clone, SYS_set_robust_list, SYS_rt_sigaction, SYS_prctl})
    filter.allow(call);
#if defined(SYS_rseq)
  filter.allow(SYS_rseq);
#endif
#if defined(SYS_clone3)
  filter.allow(SYS_clone3);
#endif
}

}  // namespace

Board& board() {
  static Board* shared = [] {
    void* page = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? new Board() : new (page) Board();
  }();
  return *shared;
}

void note_running(const char* check) { std::snprintf(board().running, sizeof board().running, "%s", check); }

bool lock_process(Lock lock, int pipe) {
  if (kArchitecture == 0) return false;
  struct sigaction forbidden {};
  forbidden.sa_sigaction = on_forbidden;
  forbidden.sa_flags = SA_SIGINFO | SA_NODEFER;
  if (lock == Lock::Loading && ::sigaction(SIGSYS, &forbidden, nullptr) != 0) return false;
  Filter filter;
  if (lock != Lock::Calls) allow_reading(filter);
  if (lock != Lock::Calls) allow_starting(filter);
  if (lock == Lock::Loading) {
    for (const long call : {SYS_wait4, SYS_seccomp, SYS_setrlimit, SYS_setitimer, SYS_prlimit64, SYS_rt_sigtimedwait}) filter.allow(call);
#if defined(SYS_alarm)
    filter.allow(SYS_alarm);
#endif
  }
  if (kSanitized) allow_sanitizers(filter);
  if (kSanitized && lock == Lock::Threads) filter.allow(SYS_nanosleep);  // while a thread of its own begins
  allow_computing(filter, pipe, lock == Lock::Calls && !kSanitized);
  return filter.install();
}

bool lock_files_for_loader() {
  const auto base = static_cast<std::uintptr_t>(::getauxval(AT_BASE));
  if (kSanitized || kArchitecture == 0 || base == 0) return false;
  const auto* header = reinterpret_cast<const ElfW(Ehdr)*>(base);
  const auto* segments = reinterpret_cast<const ElfW(Phdr)*>(base + header->e_phoff);
  std::uintptr_t first = 0, last = 0;
  for (unsigned i = 0; i < header->e_phnum; ++i) {
    if (segments[i].p_type != PT_LOAD || (segments[i].p_flags & PF_X) == 0) continue;
    first = base + segments[i].p_vaddr;
    last = first + segments[i].p_memsz;
  }
  constexpr unsigned kHalf = 32;
  if (first == 0 || first >> kHalf != last >> kHalf) return false;
  std::vector<sock_filter> code;
  const auto add = [&](int operation, std::uint32_t k, std::uint8_t if_true = 0, std::uint8_t if_false = 0) { code.push_back({static_cast<std::uint16_t>(operation), if_true, if_false, k}); };
  const auto load = [&](std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); };
  std::vector<long> calls = {SYS_openat, SYS_statx, SYS_getdents64, SYS_faccessat, SYS_readlinkat};
#if defined(SYS_open)
  calls.insert(calls.end(), {SYS_open, SYS_access, SYS_readlink, SYS_stat});
#endif
  load(offsetof(seccomp_data, nr));
  for (std::size_t i = 0; i < calls.size(); ++i) add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(calls[i]), static_cast<std::uint8_t>(calls.size() - i), 0);
  add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);  // as far as the other lock lets it
  load(offsetof(seccomp_data, instruction_pointer) + 4);
  add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(first >> kHalf), 0, 4);
  load(offsetof(seccomp_data, instruction_pointer));
  add(BPF_JMP | BPF_JGE | BPF_K, static_cast<std::uint32_t>(first), 0, 2);
  add(BPF_JMP | BPF_JGE | BPF_K, static_cast<std::uint32_t>(last), 1, 0);
  add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  add(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
  const sock_fprog program = {static_cast<unsigned short>(code.size()), code.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

const char* name_of_call(int number) {
  static char other[32];
  switch (number) {
#define NAMED(name) \
  case SYS_##name:  \
    return #name;
#define NAMED_BOTH(name, at) NAMED(at)
    NAMED(openat) NAMED(socket) NAMED(connect) NAMED(bind) NAMED(sendto) NAMED(recvfrom) NAMED(clone) NAMED(execve) NAMED(execveat)
    NAMED(wait4) NAMED(kill) NAMED(tkill) NAMED(tgkill) NAMED(futex) NAMED(mmap) NAMED(mprotect) NAMED(read) NAMED(write) NAMED(writev) NAMED(close) NAMED(dup) NAMED(dup3) NAMED(pipe2)
    NAMED(chdir) NAMED(unlinkat) NAMED(mkdirat) NAMED(renameat2) NAMED(getcwd) NAMED(statx) NAMED(newfstatat) NAMED(getdents64)
    NAMED(nanosleep) NAMED(clock_nanosleep) NAMED(clock_gettime) NAMED(gettimeofday) NAMED(ppoll) NAMED(pselect6) NAMED(epoll_pwait)
    NAMED(rt_sigaction) NAMED(rt_sigtimedwait) NAMED(sigaltstack) NAMED(setitimer) NAMED(timer_create) NAMED(prctl) NAMED(ptrace) NAMED(getppid) NAMED(getuid)
    NAMED(geteuid) NAMED(setpriority) NAMED(memfd_create) NAMED(eventfd2) NAMED(inotify_init1) NAMED(faccessat) NAMED(readlinkat) NAMED(umask) NAMED(times) NAMED(getrusage)
#if defined(SYS_clone3)
    NAMED(clone3)
#endif
#if defined(SYS_open)
    NAMED(open) NAMED(fork) NAMED(vfork) NAMED(stat) NAMED(access) NAMED(readlink) NAMED(unlink) NAMED(mkdir) NAMED(rename) NAMED(pipe) NAMED(dup2) NAMED(poll) NAMED(select)
    NAMED(pause) NAMED(alarm) NAMED(time)
#endif
#undef NAMED
#undef NAMED_BOTH
    default:
      std::snprintf(other, sizeof other, "system call %d", number);
      return other;
  }
}

}  // namespace switchboard::conformance
