#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// OpenDocument spreadsheets, packed (.ods) or as one XML file (.fods); OpenDocument 1.0 to 1.4: docs/formats.md, Workbooks.
Format ods_format();

}  // namespace switchboard::input
