#pragma once

#include <cstdint>
#include <string>

namespace switchboard::connectors::worker {

// What a worker is given: its arguments are its name, the library's path (for messages only) and its limits
// (word_of() in worker_limits.h); its environment is empty.
constexpr int kLastStandardDescriptor = 2;  ///< 0 to 2: /dev/null
constexpr int kSocket = 3;                  ///< the line to the host
constexpr int kLibrary = 4;                 ///< the library's bytes, which cannot change any more
constexpr int kFirstClosedDescriptor = 16;  ///< where the host keeps its ends while it starts one

/// Its exit code where the system refuses what locks it down (EX_OSERR, sysexits.h).
constexpr int kCannotBeLocked = 71;

/// The worker's whole life: locks itself down, loads the library, answers calls until the host is gone. Returns the exit code.
int live(int argc, char** argv);

}  // namespace switchboard::connectors::worker
