#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace switchboard::cli {

/// `profiles: {NAME: …}` of a configuration file.
struct Profile {
  std::string name, connector, file;
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> secrets;  ///< name → reference: env:NAME, file:PATH, cmd:COMMAND
  std::map<std::string, std::vector<std::string>> flags;
};

/// One configuration file, read and checked.
struct ConfigFile {
  std::string path;
  std::map<std::string, std::vector<std::string>> defaults;
  std::vector<Profile> profiles;
};

/// Errors (Usage) name the file, the line and the nearest known key.
Result<ConfigFile> load_config(const std::string& path);

}  // namespace switchboard::cli
