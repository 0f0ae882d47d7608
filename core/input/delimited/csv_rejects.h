#pragma once

#include <memory>
#include <string>

#include "core/input/delimited/csv_picker.h"
#include "core/input/delimited/csv_reader.h"
#include "core/input/delimited/delimited_rejects.h"
#include "core/input/rejects.h"

namespace switchboard::input {

/// The rejects file of a delimited source, whose records `reader` gives from the first on, and `picker` where it is known where they
/// begin.
Result<std::unique_ptr<RejectsWriter>> make_csv_rejects(const std::string& path, const RejectsShape& shape,
                                                        std::unique_ptr<CsvRecordReader> reader,
                                                        std::unique_ptr<CsvRecordPicker> picker);

}  // namespace switchboard::input
