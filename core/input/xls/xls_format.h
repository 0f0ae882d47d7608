#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// Excel workbooks before 2007 (.xls; BIFF2 to BIFF8, [MS-XLS]): docs/formats.md, Workbooks.
Format xls_format();

}  // namespace switchboard::input
