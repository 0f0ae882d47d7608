#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/input/format.h"
#include "core/input/workbook/workbook.h"

namespace switchboard::input {

/// Opens the workbook anew each time it is called.
using OpenWorkbook = std::function<Result<std::unique_ptr<Workbook>>()>;

/// A workbook as a source of records: the sheet that was asked for, or the one that looks most like a contact list; titles
/// above its header and totals below it are found as in delimited text. `format`: SourceInfo::format. Reads every sheet
/// once. Errors: Usage, no such sheet (the sheets are named); Input, no sheet with anything in it; damage.
Result<std::unique_ptr<Source>> open_workbook_source(Opening opening, OpenWorkbook open);

}  // namespace switchboard::input
