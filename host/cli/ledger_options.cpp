#include "host/cli/ledger_options.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "core/base/absolute_path.h"

namespace switchboard::cli {

namespace {

/// A word of a shell's command line.
std::string quoted(const std::string& value) {
  const bool plain = value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:") ==
                     std::string::npos;
  if (plain && !value.empty()) return value;
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// "file:key.txt", "cmd:./key.sh"; a program that is found by PATH is found everywhere.
bool is_found_from_here(std::string_view secret) {
  if (secret.starts_with("file:")) return !secret.substr(5).starts_with('/') && !secret.substr(5).starts_with('~');
  if (!secret.starts_with("cmd:")) return false;
  const auto program = secret.substr(4, secret.find(' ') - 4);
  return !program.starts_with('/') && program.find('/') != std::string_view::npos;
}

}  // namespace

jobs::LedgerPlace ledger_place(const Options& options) { return {options.text("ledger"), options.text("state-dir")}; }

std::string resume_words(const Options& options) {
  namespace fs = std::filesystem;
  std::string words = "switchboard resume";
  // The profile is looked up again, and what it names is found from here.
  if (const auto& profile = options.profile(); profile && std::ranges::any_of(profile->secrets, [](const auto& secret) { return is_found_from_here(secret.second); }))
    words = "cd " + quoted(fs::path(absolute_path(".")).parent_path().string()) + " && " + words;
  for (const std::string flag : {"state-dir", "ledger"}) {
    const std::string value = options.text(flag).value_or("");
    const std::string scheme = flag == "ledger" ? value.substr(0, value.find(':') + 1) : "";
    const fs::path path = value.substr(scheme.size());
    if (path.empty() || (!options.said_here_only(flag) && path.is_absolute())) continue;
    words += " --" + flag + " " + quoted(scheme + absolute_path(path.string()));
  }
  return words;
}

}  // namespace switchboard::cli
