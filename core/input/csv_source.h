#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/input/byte_store.h"
#include "core/input/csv_scanner.h"
#include "core/input/source.h"

namespace switchboard::input {

/// Opens delimited text: finds encoding, dialect, header and footer. `name` is for messages; `path` may be
/// empty. `block_bytes`: how much is read at a time.
Result<std::unique_ptr<Source>> open_csv(OpenBytes open_bytes, const std::string& name,
                                         const std::string& path, const InputOptions& options,
                                         std::size_t block_bytes = CsvScanner<std::uint8_t>::kBlockBytes);

}  // namespace switchboard::input
