#include "host/cli/ledger_directory.h"

#include <cstdlib>
#include <filesystem>

namespace switchboard::cli {

namespace {

Result<std::string> state_dir(const Options& options) {
  if (auto chosen = options.text("state-dir")) return *chosen;
  if (const char* xdg = std::getenv("XDG_STATE_HOME"); xdg && *xdg) return std::string(xdg) + "/switchboard";
  if (const char* home = std::getenv("HOME"); home && *home) return std::string(home) + "/.local/state/switchboard";
  return Error{ErrorKind::Usage, "There is no place to keep jobs: neither XDG_STATE_HOME nor HOME is set.",
               "Give --state-dir DIR."};
}

}  // namespace

Result<std::string> ledger_directory(const Options& options) {
  const auto url = options.text("ledger");
  if (!url) return state_dir(options);
  constexpr std::string_view kSqlite = "sqlite:";
  if (!url->starts_with(kSqlite))
    return Error{ErrorKind::Usage, "--ledger knows `sqlite:DIRECTORY`, not \"" + url->substr(0, url->find(':')) + ":\".",
                 "Leave it out to keep jobs in the state directory."};
  return url->substr(kSqlite.size());
}

Result<std::string> spool_directory(const Options& options, const std::string& source) {
  if (source != "-") return std::string();
  auto directory = ledger_directory(options);
  if (!directory) return directory;
  return *directory + "/spool";
}

Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Options& options) {
  auto directory = ledger_directory(options);
  if (!directory) return directory.error();
  return ledger::open_sqlite_ledger(*directory);
}

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
