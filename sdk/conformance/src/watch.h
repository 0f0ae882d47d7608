#pragma once

#include <string>
#include <vector>

namespace switchboard::conformance {

/// Functions of the C library that a connector has no business with and that no filter of system calls sees: environment, clock, locale,
/// chance. That it refers to the environment itself is noted at once; calls from the loaded library `path` are noted on the board (lock.h) from now on, and carried out. Its constructors
/// have run before. False where its table of functions cannot be found.
bool watch_calls(const std::string& path);

/// "calls getenv()", "reads environ", … in the order of their first call.
std::vector<std::string> watched_calls();

}  // namespace switchboard::conformance
