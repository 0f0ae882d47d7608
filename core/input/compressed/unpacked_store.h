#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/compressed/unpack_limits.h"

namespace switchboard::input {

/// Unpacks a compressed file from its start to its end.
class Unpacker {
 public:
  virtual ~Unpacker() = default;
  /// Fills as much of `out` as there still is; 0 only where the file ended as it should. Errors (Input): damaged or cut.
  virtual Result<std::size_t> read(char* out, std::size_t size) = 0;
};

/// `name` is for messages.
using MakeUnpacker = std::function<std::unique_ptr<Unpacker>(std::unique_ptr<ByteStore> packed, const std::string& name)>;

/// The unpacked bytes of a file, which is read once from start to end here: so its size is known, and damage, a cut and a bomb
/// are found before anything is used. Each store then unpacks again as it is read: forward at little cost, back from the
/// start. Memory: constant. `what`: "gzip file", for messages.
Result<OpenBytes> unpack_bytes(OpenBytes packed, const std::string& what, const std::string& name, MakeUnpacker make_unpacker,
                               const UnpackLimits& limits = {});

}  // namespace switchboard::input
