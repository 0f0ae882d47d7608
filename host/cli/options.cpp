#include "host/cli/options.h"

#include <Poco/Util/LayeredConfiguration.h>
#include <Poco/Util/MapConfiguration.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "core/base/nearest.h"
#include "host/cli/commands.h"

namespace switchboard::cli {
namespace {

using Poco::Util::LayeredConfiguration;
using Poco::Util::MapConfiguration;

/// A list is kept in one configuration value, its items apart by a character that no value holds.
constexpr char kItemEnd = '\x1e';

std::string kept_as_one(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) text += (i ? std::string(1, kItemEnd) : "") + items[i];
  return text;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> items;
  std::istringstream stream(text);
  for (std::string item; std::getline(stream, item, separator);)
    if (!item.empty()) items.push_back(item);
  return items;
}

/// In the environment a list's items are lines; names and directories, which hold neither, may also be apart by
/// ',' or ':'.
std::vector<std::string> environment_values(const FlagSpec& flag, const char* value) {
  if (flag.kind == FlagKind::Switch) {
    const std::string text = value;
    return {text.empty() || text == "0" || text == "false" || text == "no" ? "false" : "true"};
  }
  if (flag.kind != FlagKind::List) return {value};
  if (flag.name == "to") return split(value, ',');
  if (flag.name == "connector-path") return split(value, ':');
  return split(value, '\n');
}

std::string user_config_path() {
  if (const char* xdg = std::getenv("XDG_CONFIG_HOME"); xdg && *xdg) return std::string(xdg) + "/switchboard/config.yaml";
  if (const char* home = std::getenv("HOME"); home && *home) return std::string(home) + "/.config/switchboard/config.yaml";
  return {};
}

std::string profile_label(const Profile& profile) { return "profile " + profile.name + " in " + profile.file; }

/// The words of "text|json"; empty where the flag takes anything.
std::vector<std::string> words_of(const FlagSpec& flag) {
  const bool words = flag.value.find('|') != std::string_view::npos &&
                     flag.value.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
  return words ? split(std::string(flag.value), '|') : std::vector<std::string>{};
}

/// The configuration files that count here, the strongest first.
Result<std::vector<ConfigFile>> config_files(const std::optional<std::string>& chosen) {
  std::vector<ConfigFile> files;
  const auto load = [&](const std::string& path, Whose whose) -> Result<void> {
    auto file = load_config(path, whose);
    if (!file) return file.error();
    files.push_back(std::move(*file));
    return {};
  };
  const auto same = [](const std::string& one, const std::string& other) {
    std::error_code ignored;
    return std::filesystem::equivalent(one, other, ignored);
  };
  if (chosen)
    if (auto loaded = load(*chosen, Whose::User); !loaded) return loaded.error();
  const std::string of_user = user_config_path(), of_folder = "switchboard.yaml";
  for (const std::string& path : {of_folder, of_user}) {
    if (path.empty() || (chosen && same(path, *chosen)) || (path == of_folder && same(path, of_user))) continue;
    auto exists = config_exists(path);
    if (!exists) return exists.error();
    if (!*exists) continue;
    if (auto loaded = load(path, path == of_folder ? Whose::Folder : Whose::User); !loaded) return loaded.error();
  }
  return files;
}

/// A profile that the directory's own file chooses may not bring the credential along: contacts would go into the account of
/// whoever made the directory.
Result<void> check_chosen_by_folder(const Profile& profile) {
  if (profile.whose != Whose::Folder) return {};
  for (const auto& [name, reference] : profile.secrets)
    if (reference.starts_with("file:"))
      return Error{ErrorKind::Usage, profile.file + " chooses its own profile \"" + profile.name + "\", which brings a credential of its own (" +
                       name + "): contacts would go into an account that somebody else chose.",
                   "If you know this directory, say --profile " + profile.name + " yourself."};
  return {};
}

/// Flags of this command that take one of a few words have one of them.
Result<void> check_words(const Options& options, const CommandSpec& command) {
  for (const auto& flag : flags()) {
    const auto words = words_of(flag);
    const std::string key(flag.key());
    if (!(flag.groups & command.groups) || words.empty()) continue;
    const std::string given = options.text(key).value_or(words.front());
    if (std::find(words.begin(), words.end(), given) != words.end()) continue;
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
    return Error{ErrorKind::Usage, "--" + std::string(flag.name) + " \"" + given + "\" (from " + options.origin(key) + ") is none of: " + list + ".",
                 flag.name == "output" && options.origin(key) != "the command line"
                     ? "The form of `switchboard report` alone is report-format, in the environment SWITCHBOARD_REPORT_FORMAT."
                     : ""};
  }
  return {};
}

}  // namespace

struct Options::Impl {
  struct Layer {
    std::string label;
    Whose whose;
    MapConfiguration::Ptr values;
  };
  Invocation invocation;
  std::vector<Layer> layers;
  LayeredConfiguration::Ptr all = new LayeredConfiguration;
  std::optional<Profile> profile;

  void add(const std::string& label, const FlagValues& values, Whose whose = Whose::User) {
    Layer layer{label, whose, new MapConfiguration};
    for (const auto& [name, items] : values) layer.values->setString(name, kept_as_one(items));
    all->add(layer.values, label);
    layers.push_back(std::move(layer));
  }
  std::optional<std::string> raw(const std::string& flag) const {
    if (!all->has(flag)) return std::nullopt;
    return all->getRawString(flag);
  }
};

Options::Options(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Options::Options(Options&&) noexcept = default;
Options& Options::operator=(Options&&) noexcept = default;
Options::~Options() = default;

Result<Options> Options::resolve(const Invocation& invocation) {
  auto impl = std::make_unique<Impl>();
  impl->invocation = invocation;
  impl->add("the command line", invocation.flags);

  FlagValues environment;
  for (const auto& flag : flags())
    if (const char* value = std::getenv(flag_variable(flag.key()).c_str()); value && *value && flag.groups != kConfigOnly)
      environment[std::string(flag.key())] = environment_values(flag, value);
  impl->add("the environment", environment);

  auto loaded = config_files(impl->raw("config"));
  if (!loaded) return loaded.error();
  const std::vector<ConfigFile>& files = *loaded;

  std::optional<std::string> wanted = impl->raw("profile");
  const ConfigFile* chooser = nullptr;  // the file that says which profile, where nobody else did
  for (const auto& file : files) {
    if (wanted || !file.defaults.count("profile")) continue;
    wanted = kept_as_one(file.defaults.at("profile"));
    chooser = &file;
  }
  if (wanted) {
    std::vector<std::string> known;
    for (const auto& file : files)
      for (const auto& profile : file.profiles) {
        known.push_back(profile.name);
        if (profile.name == *wanted && !impl->profile) impl->profile = profile;
      }
    if (!impl->profile)
      return Error{ErrorKind::Usage, "There is no profile \"" + *wanted + "\"" + did_you_mean(*wanted, known) + ".",
                   "Add it under `profiles:` in switchboard.yaml, or give --config FILE."};
    if (chooser != nullptr && chooser->whose == Whose::Folder)
      if (auto trusted = check_chosen_by_folder(*impl->profile); !trusted) return trusted.error();
    FlagValues values = impl->profile->flags;
    if (!impl->profile->connector.empty()) values["to"] = {impl->profile->connector};
    impl->add(profile_label(*impl->profile), values, impl->profile->whose);
  }
  for (const auto& file : files) impl->add(file.path, file.defaults, file.whose);

  const CommandSpec* command = find_command(invocation.command);
  FlagValues defaults;
  for (const auto& flag : flags())
    if (!flag.fallback.empty() && command != nullptr && (flag.groups & command->groups)) defaults[std::string(flag.key())] = {std::string(flag.fallback)};
  impl->add("the default", defaults);
  Options options(std::move(impl));
  if (command != nullptr)
    if (auto done = check_words(options, *command); !done) return done.error();
  return options;
}

bool Options::on(const std::string& flag) const { return impl_->raw(flag).value_or("false") == "true"; }
std::optional<std::string> Options::text(const std::string& flag) const { return impl_->raw(flag); }

std::vector<std::string> Options::list(const std::string& flag) const {
  auto raw = impl_->raw(flag);
  return raw ? split(*raw, kItemEnd) : std::vector<std::string>{};
}

Result<std::optional<std::uint64_t>> Options::number(const std::string& flag) const {
  auto raw = impl_->raw(flag);
  if (!raw) return std::optional<std::uint64_t>{};
  if (raw->empty() || raw->size() > 15 || raw->find_first_not_of("0123456789") != std::string::npos)
    return Error{ErrorKind::Usage, "--" + flag + " needs a whole number, not \"" + *raw + "\" (from " + origin(flag) + ").",
                 "For example: --" + flag + " 10"};
  return std::optional<std::uint64_t>{std::stoull(*raw)};
}

std::string Options::origin(const std::string& flag) const {
  for (const auto& layer : impl_->layers)
    if (layer.values->has(flag)) return layer.label;
  return {};
}

bool Options::of_folder(const std::string& flag) const {
  for (const auto& layer : impl_->layers)
    if (layer.values->has(flag)) return layer.whose == Whose::Folder;
  return false;
}

const std::optional<Profile>& Options::profile() const { return impl_->profile; }
const std::string& Options::command() const { return impl_->invocation.command; }
const std::vector<std::string>& Options::arguments() const { return impl_->invocation.arguments; }

bool Options::said_here_only(const std::string& flag) const {
  const std::string from = origin(flag);
  return !from.empty() && from != "the default" && from != "the environment" && from != user_config_path();
}

bool Options::said_now(const std::string& flag) const {
  const auto spoken = [&](const std::string& origin) { return origin == "the command line" || origin == "the environment"; };
  const std::string from = origin(flag);
  return spoken(from) || (impl_->profile && spoken(origin("profile")) && from == profile_label(*impl_->profile)) ||
         (spoken(origin("config")) && from == text("config"));
}

}  // namespace switchboard::cli
