// Any bytes, read as a configuration file (YAML), are refused with a sentence that names the file, or taken; that of a folder
// never runs a command.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "host/cli/config_file.h"
#include "tests/fuzz/require.h"

using namespace switchboard;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("config", MFD_CLOEXEC);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) return 0;
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  for (const auto whose : {cli::Whose::User, cli::Whose::Folder}) {
    const auto config = cli::load_config(path, whose);
    if (!config) {
      require(config.error().message.find(path) != std::string::npos, "a refusal does not name the file");
      continue;
    }
    for (const auto& profile : config->profiles)
      for (const auto& [name, reference] : profile.secrets)
        require(whose == cli::Whose::User || !reference.starts_with("cmd:"), "a folder's file runs a command");
  }
  ::close(file);
  return 0;
}
