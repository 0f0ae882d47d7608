#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// gzip (RFC 1952): all members of a file, with their checksums.
Compression gzip();

}  // namespace switchboard::input
