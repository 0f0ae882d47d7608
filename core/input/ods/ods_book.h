#pragma once

#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/input/format.h"
#include "core/input/workbook/workbook.h"

namespace switchboard::input {

/// Opens a spreadsheet: an archive with a content.xml, or one XML file with all of it (`flat`). Reads it once for its sheets, and
/// so finds damage that shows anywhere. `name` is for messages. Errors (Input): none of these, protected by a password, damage.
Result<std::unique_ptr<Workbook>> open_ods_book(const OpenBytes& bytes, const std::string& name, bool flat);

}  // namespace switchboard::input
