#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace switchboard::cli {

/// Whose word a configuration file is.
enum class Whose {
  User,   ///< the user's own, or named with --config
  Folder  ///< the switchboard.yaml of the current directory: what it may say is limited (see FromFolder)
};

/// `profiles: {NAME: …}` of a configuration file.
struct Profile {
  std::string name, connector, file;
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> secrets;  ///< name → reference: env:NAME, file:PATH, cmd:COMMAND
  std::map<std::string, std::vector<std::string>> flags;
  Whose whose = Whose::User;
};

/// One configuration file, read and checked.
struct ConfigFile {
  std::string path;
  Whose whose = Whose::User;
  std::map<std::string, std::vector<std::string>> defaults;
  std::vector<Profile> profiles;
};

/// Whether there is such a file. Error (Usage): nobody can tell, because it, or a directory above it, may not be looked at;
/// what it says is not passed over in silence.
Result<bool> config_exists(const std::string& path);

/// Errors (Usage) name the file, the line and the nearest known key, or what the directory's file may not say. Unavailable: cancelled
/// while a pipe was waited for.
Result<ConfigFile> load_config(const std::string& path, Whose whose, const CancelToken* cancel = nullptr);

}  // namespace switchboard::cli
