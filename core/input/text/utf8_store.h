#pragma once

#include <memory>
#include <string>

#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// `store`, read from some offset on to its end, as long as it is UTF-8: all bytes before the first character
/// that is not are delivered, then an Input error. Must be read in order.
std::unique_ptr<ByteStore> check_utf8(std::unique_ptr<ByteStore> store, std::string name);

}  // namespace switchboard::input
