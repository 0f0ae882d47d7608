#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// Excel workbooks (.xlsx, .xlsm; ECMA-376): docs/formats.md, Workbooks.
Format xlsx_format();

}  // namespace switchboard::input
