#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// Excel's XML workbooks of 2002 and 2003, whatever their names end in: docs/formats.md, Workbooks.
Format xml2003_format();

}  // namespace switchboard::input
