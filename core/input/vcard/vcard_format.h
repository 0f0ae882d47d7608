#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// vCards 2.1, 3.0 and 4.0, one record a card (docs/formats.md, vCards).
Format vcard_format();

}  // namespace switchboard::input
