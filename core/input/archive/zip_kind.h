#pragma once

#include <optional>
#include <string_view>

#include "core/input/bytes/byte_store.h"
#include "core/input/file_kind.h"

namespace switchboard::input {

/// What kind of file a zip archive is, by the names of its entries: workbooks and many documents are archives, and an archive may
/// hold one of them. nullopt: its list of entries cannot be read.
std::optional<Looks> looks_of_zip(ByteStore& store);

/// The same by the names that stand in the clear at its beginning, where that list is lost.
Looks looks_of_zip(std::string_view head);

}  // namespace switchboard::input
