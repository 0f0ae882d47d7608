#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/input/compressed/unpack_limits.h"

namespace switchboard::input {

/// Counts what a workbook makes of little without any packing: a text that many cells refer to, a cell or row that stands a
/// million times. The limits are those of packed files.
class CopyLimit {
 public:
  /// `bytes`: the workbook's own; `name` is for messages.
  CopyLimit(std::string name, std::uint64_t bytes) : name_(std::move(name)), bytes_(bytes) {}
  /// Errors (Input): too much.
  Result<void> count(std::uint64_t copied) {
    copied_ += copied;
    if (limits_.allow(copied_, bytes_)) return {};  // every cell asks
    return limits_.check(copied_, bytes_, name_, "workbook");
  }

 private:
  std::string name_;
  std::uint64_t bytes_, copied_ = 0;
  UnpackLimits limits_;
};

}  // namespace switchboard::input
