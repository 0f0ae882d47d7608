#include "tests/paths.h"

namespace switchboard::tests {

const std::filesystem::path& source_dir() {
  static const std::filesystem::path path = SWITCHBOARD_SOURCE_DIR;
  return path;
}

const std::filesystem::path& data_dir() {
  static const std::filesystem::path path = source_dir() / "tests" / "data";
  return path;
}

}  // namespace switchboard::tests
