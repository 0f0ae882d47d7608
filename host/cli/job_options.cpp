#include "host/cli/job_options.h"

#include <algorithm>
#include <cctype>
#include <type_traits>

#include "core/base/absolute_path.h"
#include "core/base/ascii.h"
#include "host/cli/commands.h"
#include "host/cli/own_profiles.h"

namespace switchboard::cli {
namespace {

using jobs::NamedFile;

/// An option counts where the command has it: what stands in the environment for another one does not.
bool takes(const std::string& command, const std::string& option) {
  const CommandSpec* spec = find_command(command);
  return spec != nullptr && std::ranges::any_of(flags(), [&](const FlagSpec& flag) {
           return flag.key() == option && (flag.groups & spec->groups) != 0;
         });
}

/// Takes the options of a request off the command's.
class Taker {
 public:
  /// `changes`: only those that were said now; what is said of a setting or an address leaves the others as they were.
  Taker(const Options& options, bool changes) : options_(options), changes_(changes) {}
  const Result<void>& done() const { return done_; }

  template <class Member>
  void operator()(const std::string& option, Member& member, jobs::Kept) {
    if (!done_ || !takes(options_.command(), option) || (changes_ && !options_.said_now(option))) return;
    take(option, member);
  }

 private:
  void take(const std::string& option, bool& member) { member = options_.on(option); }
  void take(const std::string& option, std::string& member) { member = options_.text(option).value_or(""); }
  void take(const std::string& option, std::optional<std::uint64_t>& member) {
    auto number = options_.number(option);
    if (number)
      member = *number;
    else
      done_ = number.error();
  }
  void take(const std::string& option, NamedFile& member) {
    if (auto name = options_.text(option); name && !name->empty()) member = NamedFile::of(*name);
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void take(const std::string& option, Enum& member) {
    if (auto word = options_.text(option)) member = jobs::value_named<Enum>(*word).value_or(member);  // Options knows the words
  }
  void take(const std::string& option, std::vector<std::string>& member) {
    auto values = options_.list(option);
    if (changes_ && (option == "set" || option == "base-url")) values.insert(values.begin(), member.begin(), member.end());
    member = std::move(values);
  }
  void take(const std::string& option, std::vector<NamedFile>& member) {
    std::vector<NamedFile> files;
    for (const auto& name : options_.list(option)) files.push_back(NamedFile::of(name));
    if (changes_ && option == "connector-path") files.insert(files.end(), member.begin(), member.end());
    member = std::move(files);
  }

  const Options& options_;
  const bool changes_;
  Result<void> done_;
};

/// SHA-256 as 64 hexadecimal digits, in lower case.
Result<std::vector<std::string>> allowed_libraries(const Options& options) {
  auto list = options.list("allowed-libraries");
  for (auto& hash : list) {
    hash = lower_case(hash);
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
      return Error{ErrorKind::Usage, "allowed-libraries: \"" + hash + "\" is no SHA-256 (from " + options.origin("allowed-libraries") + ").",
                   "Write the 64 digits that `sha256sum LIBRARY` prints."};
  }
  return list;
}

}  // namespace

Result<jobs::JobRequest> request_of(const Options& options, const std::string& source) {
  jobs::JobRequest request;
  request.source = source == "-" ? source : absolute_path(source);
  if (const auto& profile = options.profile()) request.profile = profile_of(*profile);
  request.set_of_folder = options.of_folder("set");
  Taker taker(options, false);
  each_option(request, taker);
  if (!taker.done()) return taker.done().error();
  auto allowed = allowed_libraries(options);
  if (!allowed) return allowed.error();
  request.loading.allowed = std::move(*allowed);
  return request;
}

Result<connectors::Loading> loading_of(const Options& options) {
  connectors::Loading loading;
  if (auto word = options.text("isolate")) loading.isolate = jobs::value_named<connectors::Isolate>(*word).value_or(loading.isolate);
  auto allowed = allowed_libraries(options);
  if (!allowed) return allowed.error();
  loading.allowed = std::move(*allowed);
  return loading;
}

std::vector<NamedFile> connector_path(const Options& options) {
  std::vector<NamedFile> path;
  for (const auto& directory : options.list("connector-path")) path.push_back(NamedFile::of(directory));
  return path;
}

jobs::ReadRequest reading_of(const Options& options) {
  return {options.text("format").value_or(""), options.text("encoding").value_or(""), options.text("delimiter").value_or(""),
          options.text("sheet").value_or(""), options.on("no-header")};
}

Result<void> change_request(const Options& options, jobs::JobRequest& request) {
  Taker taker(options, true);
  each_option(request, taker);
  if (!taker.done()) return taker.done();
  auto allowed = allowed_libraries(options);
  if (!allowed) return allowed.error();
  request.loading.allowed = std::move(*allowed);
  if (options.profile() && options.said_now("profile")) request.profile = profile_of(*options.profile());
  return {};
}

}  // namespace switchboard::cli
