#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/delimited/csv_plan.h"

namespace switchboard::input {

/// The header's cells, as written. Errors (Input) name its line.
Result<std::vector<std::string>> read_header(const CsvPlan& plan, ByteStore& store);

}  // namespace switchboard::input
