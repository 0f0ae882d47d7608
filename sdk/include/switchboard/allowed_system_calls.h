#pragma once

#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>

/// What a connector's code may ask the system for (Linux), where it runs in a process of its own and where it is judged. Both locks
/// read these lists (host/connectors/worker/lockdown.cpp, sdk/conformance/src/lock.cpp) and add what they need for their own work (their
/// line to each other, loading a library, sanitizers); anything else is a connector that failed. ABI.md, "In a process of its own".
namespace switchboard {

/// Of code that computes and nothing else.
inline constexpr long kAllowedCalls[] = {SYS_brk,         SYS_munmap, SYS_mremap,     SYS_madvise, SYS_rt_sigreturn, SYS_rt_sigprocmask,
                                         SYS_exit,        SYS_exit_group, SYS_getpid, SYS_gettid,  SYS_getrandom,    SYS_sched_yield};

/// The n-th argument, of which only the bits of `mask` matter, is `value`. No bits: whatever it is.
struct ArgumentIs {
  unsigned argument = 0;
  std::uint32_t mask = 0, value = 0;
};
/// Allowed where both hold.
struct ConditionalCall {
  long call;
  ArgumentIs first, second;
};

/// Of the same code, once it is loaded, in a process of one thread: the one that asks.
inline std::array<ConditionalCall, 4> conditional_calls() {
  constexpr std::uint32_t kAll = ~std::uint32_t{0}, kFutexCommand = FUTEX_CMD_MASK & 0x7F, kExecutable = PROT_EXEC;
  return {{
      // No code that is made at run time.
      {SYS_mmap, {2, kExecutable, 0}, {}},
      {SYS_mprotect, {2, kExecutable, 0}, {}},
      {SYS_futex, {1, kFutexCommand, FUTEX_WAKE}, {}},
      // abort() raises its signal in its own thread.
      {SYS_tgkill, {0, kAll, static_cast<std::uint32_t>(::getpid())}, {2, kAll, SIGABRT}},
  }};
}

/// What standard streams and the C library ask before they go on without: the answer is no (EPERM).
inline constexpr long kRefusedCalls[] = {SYS_ioctl, SYS_fcntl, SYS_uname, SYS_sysinfo, SYS_sched_getaffinity, SYS_prlimit64};

// What one lock lets code do that the other does not. The judge has to allow, or to answer likewise, what the worker is mute about: a
// connector that passes there must not fail here.

/// The worker alone: it looks at the clock itself. The judge takes that for a misdeed of the connector.
inline constexpr long kAllowedByWorkerAlone[] = {SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_restart_syscall};
/// The worker alone refuses (EPERM) what streams ask about a descriptor and go on without; two of them once the library is loaded, which
/// takes asking them.
inline constexpr long kRefusedByWorkerAlone[] = {
    SYS_statx, SYS_lseek,
#if defined(SYS_getrlimit)
    SYS_getrlimit,
#endif
};
inline constexpr long kRefusedByWorkerOnceLoaded[] = {SYS_fstat, SYS_newfstatat};
/// The judge answers those of a descriptor instead (SYS_newfstatat too, but not of a path: lock.cpp).
inline constexpr long kAllowedByJudgeAlone[] = {SYS_fstat, SYS_lseek};

}  // namespace switchboard
