#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// Zstandard (RFC 8878): all frames of a file; windows up to 128 MiB.
Compression zstd();

}  // namespace switchboard::input
