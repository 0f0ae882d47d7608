#pragma once

#include <memory>

#include "core/input/format.h"

namespace switchboard::input {

/// Finds the list and reads it once, for the columns that its records have together. Errors (Input): cut, no JSON between
/// records, more columns than are read, no record that can be read. What is wrong inside a record is for the reader.
Result<std::unique_ptr<Source>> open_json(Opening opening);

}  // namespace switchboard::input
