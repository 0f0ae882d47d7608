#include "host/cli/own_files.h"

#include <filesystem>

namespace switchboard::cli {
namespace fs = std::filesystem;
namespace {

fs::path own_folder() {
  std::error_code failed;
  return fs::read_symlink("/proc/self/exe", failed).parent_path();
}

}  // namespace

std::optional<std::string> own_directory(const std::string& in_source, const std::string& installed) {
  std::error_code ignored;
  const fs::path beside = own_folder() / ".." / installed;
  if (fs::is_directory(beside, ignored)) return fs::weakly_canonical(beside, ignored).string();
  const fs::path source = fs::path(SWITCHBOARD_SOURCE_DIR) / in_source;
  if (fs::is_directory(source, ignored)) return source.string();
  return std::nullopt;
}

std::optional<std::string> own_program(const std::string& name) {
  std::error_code ignored;
  const fs::path beside = own_folder() / name;
  if (fs::exists(beside, ignored)) return beside.string();
  return std::nullopt;
}

}  // namespace switchboard::cli
