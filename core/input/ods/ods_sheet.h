#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/input/archive/zip_package.h"
#include "core/input/workbook/copy_limit.h"
#include "core/input/workbook/sheet.h"

namespace switchboard::input {

/// Reads the sheet of that number (from 0) out of the stream of a whole document. `copies` limits what cells and rows that are
/// said to stand many times may make. `what`: "people.ods: the sheet "People"", for messages.
std::unique_ptr<SheetReader> read_ods_sheet(std::unique_ptr<ZipEntry> document, CopyLimit copies, std::size_t sheet, std::string what);

}  // namespace switchboard::input
