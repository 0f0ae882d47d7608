#pragma once

#include <sys/syscall.h>

/// What a connector's code may ask the system for (Linux), where it runs in a process of its own and where it is judged. Both locks
/// read these lists (host/connectors/worker/lockdown.cpp, sdk/conformance/src/lock.cpp) and add what they need themselves; anything
/// else is a connector that failed. ABI.md, "In a process of its own".
namespace switchboard {

/// Of code that computes and nothing else.
inline constexpr long kAllowedCalls[] = {SYS_brk,         SYS_munmap, SYS_mremap,     SYS_madvise, SYS_rt_sigreturn, SYS_rt_sigprocmask,
                                         SYS_exit,        SYS_exit_group, SYS_getpid, SYS_gettid,  SYS_getrandom,    SYS_sched_yield};

/// What standard streams and the C library ask before they go on without: the answer is no (EPERM).
inline constexpr long kRefusedCalls[] = {SYS_ioctl, SYS_fcntl, SYS_uname, SYS_sysinfo, SYS_sched_getaffinity, SYS_prlimit64};

}  // namespace switchboard
