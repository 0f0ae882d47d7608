#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// JSON: an array, an object that holds one, a value a line (NDJSON), jCards (RFC 7095); found by looking (docs/formats.md, JSON).
Format json_format();

}  // namespace switchboard::input
