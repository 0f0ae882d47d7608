#pragma once

#include <memory>
#include <string>

#include "core/base/source_info.h"
#include "core/input/rejects.h"
#include "core/input/source.h"
#include "core/input/workbook/workbook.h"

namespace switchboard::input {

/// Writes rejected rows of a sheet as a workbook (.xlsx): the sheet's header and the rows' own cells, values and types kept,
/// our four columns behind them, and a note on the cell that the message names. `records`
/// tells which row of the sheet (Record::line) a record is, `sheet` has its cells.
Result<std::unique_ptr<RejectsWriter>> create_workbook_rejects(const std::string& path, const SourceInfo& info,
                                                               OpenSheet sheet, std::unique_ptr<RecordReader> records);

}  // namespace switchboard::input
