#include "host/cli/ledger_options.h"

#include <filesystem>

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

}  // namespace

jobs::LedgerPlace ledger_place(const Options& options) { return {options.text("ledger"), options.text("state-dir")}; }

std::string resume_words(const Options& options) {
  namespace fs = std::filesystem;
  std::string words = "switchboard resume";
  for (const std::string flag : {"state-dir", "ledger"}) {
    const std::string value = options.text(flag).value_or("");
    const std::string scheme = flag == "ledger" ? value.substr(0, value.find(':') + 1) : "";
    const fs::path path = value.substr(scheme.size());
    if (path.empty() || (!options.said_here_only(flag) && path.is_absolute())) continue;
    words += " --" + flag + " " + quoted(scheme + fs::absolute(path).lexically_normal().string());
  }
  return words;
}

}  // namespace switchboard::cli
