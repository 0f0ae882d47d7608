#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/cli/arguments.h"
#include "host/cli/config_file.h"

namespace switchboard::cli {

/// Flag name → its values.
using FlagValues = std::map<std::string, std::vector<std::string>>;

/// The values of all flags: flag > environment > profile > --config file > ./switchboard.yaml > the user's
/// config.yaml > the flag's default. Each value knows where it came from.
class Options {
 public:
  static Result<Options> resolve(const Invocation& invocation);

  Options(Options&&) noexcept;
  Options& operator=(Options&&) noexcept;
  ~Options();

  bool on(const std::string& flag) const;
  std::optional<std::string> text(const std::string& flag) const;
  std::vector<std::string> list(const std::string& flag) const;
  /// Error (Usage): not a whole number.
  Result<std::optional<std::uint64_t>> number(const std::string& flag) const;
  /// "the command line", "the environment", "profile NAME in FILE", "FILE", "the default"; empty: unset.
  std::string origin(const std::string& flag) const;
  /// Said by the switchboard.yaml of the current directory, itself or by a profile of it.
  bool of_folder(const std::string& flag) const;
  const std::optional<Profile>& profile() const;
  const std::string& command() const;
  const std::vector<std::string>& arguments() const;
  /// The flag was set for this very command: on the command line, in the environment, in the file of a --config or by a
  /// --profile that stands there.
  bool said_now(const std::string& flag) const;
  /// The flag was set where a command in another directory would not hear it: neither in the environment nor in the user's
  /// own file.
  bool said_here_only(const std::string& flag) const;

 private:
  struct Impl;
  explicit Options(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace switchboard::cli
