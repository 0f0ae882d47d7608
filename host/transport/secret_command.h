#pragma once

#include <cstddef>
#include <string>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace switchboard::transport {

/// What a command of `cmd:` prints (at most `most_bytes`), run by the shell with our own standard input and error. Signals
/// reach it as if it were run by hand. Errors (Usage): it cannot be started, fails, or prints too much; Unavailable:
/// cancelled. However it ends, nothing of it goes on running.
Result<std::string> output_of_command(const std::string& command, std::size_t most_bytes, const CancelToken* cancel);

}  // namespace switchboard::transport
