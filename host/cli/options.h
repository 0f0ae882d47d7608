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
/// config.yaml > (resume: the job's journal) > the flag's default. Each value knows where it came from.
class Options {
 public:
  /// `journal`: what the job that is resumed was begun with; empty otherwise.
  static Result<Options> resolve(const Invocation& invocation, const FlagValues& journal = {});

  Options(Options&&) noexcept;
  Options& operator=(Options&&) noexcept;
  ~Options();

  bool on(const std::string& flag) const;
  std::optional<std::string> text(const std::string& flag) const;
  std::vector<std::string> list(const std::string& flag) const;
  /// Error (Usage): not a whole number.
  Result<std::optional<std::uint64_t>> number(const std::string& flag) const;
  /// "the command line", "the environment", "profile NAME in FILE", "FILE", "the job", "the default"; empty: unset.
  std::string origin(const std::string& flag) const;
  const std::optional<Profile>& profile() const;
  const std::string& command() const;
  const std::vector<std::string>& arguments() const;
  const FlagValues& given() const;  ///< what stood on the command line itself

  /// Every flag of these groups that was set by somebody, for the job's journal.
  FlagValues journal(std::uint32_t groups) const;

 private:
  struct Impl;
  explicit Options(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace switchboard::cli
