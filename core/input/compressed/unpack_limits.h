#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace switchboard::input {

/// What a file may unpack to, against bombs. Contact lists shrink to a tenth, seldom to a fiftieth; only zeros and the like go
/// further.
struct UnpackLimits {
  std::uint64_t bytes = std::uint64_t{8} << 30;
  std::uint64_t ratio = 250;                           ///< counts from `ratio_from` unpacked bytes on
  std::uint64_t ratio_from = std::uint64_t{64} << 20;

  bool allow(std::uint64_t unpacked, std::uint64_t packed) const {
    return unpacked <= bytes && (unpacked <= ratio_from || unpacked / ratio <= packed);
  }
  /// Errors (Input): `unpacked` bytes are too many, in all or out of `packed` ones. `what`: "gzip file", for messages.
  Result<void> check(std::uint64_t unpacked, std::uint64_t packed, const std::string& name, const std::string& what) const;
};

}  // namespace switchboard::input
