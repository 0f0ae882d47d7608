#pragma once

#include <cstddef>
#include <string>

#include "core/base/cancel.h"

namespace switchboard {

/// What a small file, pipe or device holds: configuration, mappings, certificates, secrets.
struct WholeFile {
  enum class End {
    Complete,
    TooLarge,    ///< `text` has a little more than was allowed
    Unreadable,  ///< `reason` says why
    Stopped      ///< cancelled while nothing came
  };
  End end = End::Complete;
  std::string text;
  std::string reason;  ///< of Unreadable: the system's words
};

/// Reads to the end, or until nobody wants it any more: a named pipe that has no writer, or a silent one, is waited for no longer than
/// that. A shell's `<(…)` (/dev/fd/63) is a pipe, too. `cancel` may be nullptr.
WholeFile read_whole_file(const std::string& path, std::size_t most_bytes, const CancelToken* cancel);

}  // namespace switchboard
