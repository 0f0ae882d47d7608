#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// Zip archives around one contact file, which is read; what systems add of their own (__MACOSX, .DS_Store) is passed over, other
/// files beside it are said. Errors (Input): several contact files (they are named) or none; protected by a password; damage.
Compression zip();

}  // namespace switchboard::input
