#pragma once

#include <memory>
#include <string>

#include "core/base/source_info.h"
#include "core/input/json/json_reader.h"
#include "core/input/rejects.h"

namespace switchboard::input {

/// Writes rejected records as they stand in the source, with our four members (or cells, or properties) in them: a JSON array,
/// or a record a line where the source is no array. `reader` finds them.
Result<std::unique_ptr<RejectsWriter>> make_json_rejects(const std::string& path, const SourceInfo& info, std::unique_ptr<JsonReader> reader);

}  // namespace switchboard::input
