#pragma once

#include <filesystem>
#include <string>
#include <system_error>

namespace switchboard {

/// The path from the root, without "." and "..". Where there is no current directory any more, as it was given: whoever opens it
/// says what is wrong.
inline std::string absolute_path(const std::string& path) {
  std::error_code failed;
  const auto absolute = std::filesystem::absolute(path, failed);
  return failed ? path : absolute.lexically_normal().string();
}

}  // namespace switchboard
