#include "host/cli/config_file.h"

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <set>

#include "core/base/nearest.h"
#include "core/base/whole_file.h"
#include "host/cli/flags.h"

namespace switchboard::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxBytes = 4 << 20;

/// What is wrong with the file, thrown to load_config() only.
struct Complaint {
  int line;
  std::string message;
  std::string remedy = "Correct the configuration file.";
};

[[noreturn]] void complain(const YAML::Node& node, std::string message) {
  throw Complaint{node.Mark().line + 1, std::move(message)};
}

[[noreturn]] void distrust(const YAML::Node& node, const std::string& what, const std::string& why) {
  throw Complaint{node.Mark().line + 1, what + " may not stand in the switchboard.yaml of a directory: " + why,
                  "Put it into the user's own configuration (~/.config/switchboard/config.yaml), or, if you know this file, "
                  "name it: --config switchboard.yaml."};
}

/// Whether a name leads to a place below the directory of the file that says it, links followed.
bool is_inside(const std::string& file, const std::string& path) {
  std::error_code failed;
  const fs::path here = fs::canonical(fs::absolute(file, failed).parent_path(), failed);
  if (failed) return false;
  const fs::path place = fs::weakly_canonical(here / path, failed);
  if (failed) return false;
  const fs::path relative = place.lexically_relative(here);
  return !relative.empty() && relative != "." && *relative.begin() != "..";
}

/// What a directory's own switchboard.yaml may say (see FromFolder).
void check_trust(const std::string& file, const FlagSpec& flag, const std::vector<std::string>& values, const YAML::Node& node) {
  const std::string name = "\"" + std::string(flag.key()) + "\"";
  if (flag.from_folder == FromFolder::Refused)
    distrust(node, name, "whoever made the directory would decide what runs here, or where contacts go");
  if (flag.from_folder != FromFolder::PathsInside) return;
  for (const auto& path : values)
    if (!is_inside(file, path)) distrust(node, name + " with a place outside of that directory (" + path + ")", "it could replace any file of yours");
}

std::string scalar(const YAML::Node& node, const std::string& key) {
  if (!node.IsScalar()) complain(node, "\"" + key + "\" needs a single value");
  return node.Scalar();
}

/// Visits a map's entries; refuses what is no map, and keys that stand twice (yaml-cpp keeps both in silence).
template <class Visit>
void each(const YAML::Node& node, const std::string& name, Visit visit) {
  if (node.IsNull()) return;
  if (!node.IsMap()) complain(node, "\"" + name + "\" must be a list of `key: value` lines");
  std::set<std::string> seen;
  for (const auto& entry : node) {
    const std::string key = scalar(entry.first, name);
    if (!seen.insert(key).second) complain(entry.first, "\"" + key + "\" stands twice");
    visit(key, entry.first, entry.second);
  }
}

[[noreturn]] void unknown(const YAML::Node& node, const std::string& key, const std::vector<std::string>& known) {
  complain(node, "unknown key \"" + key + "\"" + did_you_mean(key, known));
}

std::vector<std::string> flag_names() {
  std::vector<std::string> names;
  for (const auto& flag : flags()) names.emplace_back(flag.key());
  return names;
}

/// The values of a flag as YAML has them.
std::vector<std::string> values_of(const FlagSpec& flag, const YAML::Node& value) {
  const std::string name(flag.key());
  if (value.IsScalar()) {
    const std::string text = value.Scalar();
    if (flag.kind != FlagKind::Switch) return {text};
    if (text == "true" || text == "yes" || text == "on") return {"true"};
    if (text == "false" || text == "no" || text == "off") return {"false"};
    complain(value, "\"" + name + "\" is true or false");
  }
  std::vector<std::string> values;
  if (value.IsSequence() && flag.kind == FlagKind::List) {
    for (const auto& item : value) values.push_back(scalar(item, name));
  } else if (value.IsMap() && flag.kind == FlagKind::List) {
    each(value, name, [&](const std::string& key, const YAML::Node&, const YAML::Node& item) {
      values.push_back(key + "=" + scalar(item, key));
    });
  } else {
    complain(value, "\"" + name + "\" needs a single value");
  }
  return values;
}

std::vector<std::string> flag_values(const ConfigFile& file, const FlagSpec& flag, const YAML::Node& mark, const YAML::Node& value) {
  auto values = values_of(flag, value);
  if (file.whose == Whose::Folder) check_trust(file.path, flag, values, mark);
  return values;
}

Profile read_profile(const ConfigFile& file, const std::string& name, const YAML::Node& node) {
  Profile profile;
  profile.name = name;
  profile.file = file.path;
  profile.whose = file.whose;
  each(node, name, [&](const std::string& key, const YAML::Node& mark, const YAML::Node& value) {
    if (key == "connector") {
      profile.connector = scalar(value, key);
    } else if (key == "settings") {
      each(value, key, [&](const std::string& k, const YAML::Node&, const YAML::Node& v) {
        if (!v.IsSequence()) {
          profile.settings[k] = scalar(v, k);
          return;
        }
        std::string list;
        for (const auto& item : v) list += (list.empty() ? "" : ",") + scalar(item, k);
        profile.settings[k] = list;
      });
    } else if (key == "secrets") {
      each(value, key, [&](const std::string& k, const YAML::Node&, const YAML::Node& v) {
        const std::string reference = scalar(v, k);
        if (!reference.starts_with("env:") && !reference.starts_with("file:") && !reference.starts_with("cmd:"))
          complain(v, "the secret \"" + k + "\" must be a reference: env:NAME, file:PATH or cmd:COMMAND; "
                      "a secret itself never stands in a configuration file");
        if (file.whose == Whose::Folder && reference.starts_with("cmd:"))
          distrust(v, "a secret of the form cmd:COMMAND", "whoever made the directory would decide what runs here");
        profile.secrets[k] = reference;
      });
    } else if (const FlagSpec* flag = find_flag(key)) {
      profile.flags[key] = flag_values(file, *flag, mark, value);
    } else {
      auto known = flag_names();
      known.insert(known.end(), {"connector", "settings", "secrets"});
      unknown(mark, key, known);
    }
  });
  return profile;
}

}  // namespace

Result<bool> config_exists(const std::string& path) {
  std::error_code failed;
  const auto type = fs::status(path, failed).type();
  if (type == fs::file_type::not_found) return false;
  if (!failed) return true;
  return Error{ErrorKind::Usage, "Whether there is a configuration file " + path + " cannot be told: " + failed.message() + ".",
               "Let its directory be read, or set XDG_CONFIG_HOME to a directory of yours (an empty one, for no configuration)."};
}

Result<ConfigFile> load_config(const std::string& path, Whose whose, const CancelToken* cancel) {
  ConfigFile config;
  config.path = path;
  config.whose = whose;
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    return Error{ErrorKind::Usage, "The configuration file " + path + " is a directory.", "Name a file."};
  const auto file = read_whole_file(path, kMaxBytes, cancel);
  switch (file.end) {
    case WholeFile::End::Complete:
      break;
    case WholeFile::End::TooLarge:
      return Error{ErrorKind::Usage, "The configuration file " + path + " is larger than 4 MiB.", "Is it the right file?"};
    case WholeFile::End::Unreadable:
      return Error{ErrorKind::Usage, "The configuration file " + path + " cannot be read: " + file.reason + ".",
                   "Check the path given with --config and the file's permissions."};
    case WholeFile::End::Stopped:
      return Error{ErrorKind::Unavailable, "Stopped while the configuration was read from " + path, ""};
  }
  try {
    const YAML::Node root = YAML::Load(file.text);
    each(root, "the file", [&](const std::string& key, const YAML::Node& mark, const YAML::Node& value) {
      if (key == "defaults") {
        each(value, key, [&](const std::string& name, const YAML::Node& at, const YAML::Node& v) {
          const FlagSpec* flag = find_flag(name);
          if (flag == nullptr) unknown(at, name, flag_names());
          config.defaults[name] = flag_values(config, *flag, at, v);
        });
      } else if (key == "profiles") {
        each(value, key, [&](const std::string& name, const YAML::Node&, const YAML::Node& v) {
          config.profiles.push_back(read_profile(config, name, v));
        });
      } else {
        unknown(mark, key, {"defaults", "profiles"});
      }
    });
  } catch (const Complaint& complaint) {
    return Error{ErrorKind::Usage, path + ", line " + std::to_string(complaint.line) + ": " + complaint.message + ".",
                 complaint.remedy};
  } catch (const YAML::Exception& error) {
    return Error{ErrorKind::Usage, path + ", line " + std::to_string(error.mark.line + 1) + ": " + error.msg + ".",
                 "Correct the configuration file; it must be YAML."};
  }
  return config;
}

}  // namespace switchboard::cli
