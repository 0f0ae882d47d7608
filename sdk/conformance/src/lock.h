#pragma once

#include <cstddef>

namespace switchboard::conformance {

/// What the judging processes and the one that waits for them have in common: written in the one, read in the other, also after it died.
struct Board {
  char running[64];       ///< the check that is at work
  int forbidden;          ///< number of the system call that ended the process; -1: none
  int memory_calls;       ///< see watch.h
  char watched[16][24];   ///< names of functions that were called; the first free one is empty
  char elsewhere[65];     ///< what the library said in a process of its own, as a hash; empty: it did not come to an end there
};

/// Shared with all children.
Board& board();
void note_running(const char* check);

enum class Lock {
  Loading,  ///< reads files and starts processes, as the judge itself must: no socket, no other program, nothing written
  Calls,    ///< computes; nothing else
  Threads   ///< computes in several threads, and reads what a locale and a time zone need
};

/// Files are opened by the dynamic loader alone from now on: what else opens one, in a constructor of the library, ends the process as
/// below. Told apart by where the call comes from; false where that cannot be told, or sanitizers open files of their own.
bool lock_files_for_loader();

/// Fewer system calls for this process from now on, by seccomp; each lock can only be followed by a stricter one. What is forbidden
/// ends the process and leaves its number on the board. `pipe` stays writable. False where the kernel has no such filter.
///
/// The SDK needs nothing but a compiler, so this is not libseccomp, which locks the host's worker.
bool lock_process(Lock lock, int pipe);

/// "socket" for the number of a system call; its number where it has no name here.
const char* name_of_call(int number);

}  // namespace switchboard::conformance
