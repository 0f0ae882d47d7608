#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// CSV, TSV and their relatives; also a plain list, one contact a line. Takes any text.
Format delimited_format();

}  // namespace switchboard::input
