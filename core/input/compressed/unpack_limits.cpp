#include "core/input/compressed/unpack_limits.h"

#include <fmt/format.h>

namespace switchboard::input {

Result<void> UnpackLimits::check(std::uint64_t unpacked, std::uint64_t packed, const std::string& name, const std::string& what) const {
  if (allow(unpacked, packed)) return {};
  if (unpacked > bytes)
    return Error{ErrorKind::Input, fmt::format("{}: this {} unpacks to more than {} bytes", name, what, bytes),
                 "Unpack it and split it into several files."};
  return Error{ErrorKind::Input, fmt::format("{}: this {} unpacks to more than {} times its size, as no contact list does", name, what, ratio),
               "If it is one all the same, unpack it and name the file inside, or save it as CSV (UTF-8)."};
}

}  // namespace switchboard::input
