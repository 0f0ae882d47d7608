#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/source_info.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/rejects.h"
#include "core/input/source.h"

namespace switchboard::input {

/// Properties that a rejects file has beside the card's own: X-SWITCHBOARD-ROW, -CODE, -FIELD, -MESSAGE.
inline constexpr std::string_view kRejectPrefix = "X-SWITCHBOARD-";

/// Writes rejected cards as they stand in the source, with our four properties before their END. `records` finds them,
/// `bytes` holds them.
Result<std::unique_ptr<RejectsWriter>> create_vcard_rejects(const std::string& path, const SourceInfo& info,
                                                            std::unique_ptr<ByteStore> bytes,
                                                            std::unique_ptr<RecordReader> records);

}  // namespace switchboard::input
