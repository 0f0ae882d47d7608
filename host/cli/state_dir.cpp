#include "host/cli/state_dir.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "core/base/nearest.h"

namespace switchboard::cli {

Result<std::string> state_dir(const Options& options) {
  if (auto chosen = options.text("state-dir")) return *chosen;
  if (const char* xdg = std::getenv("XDG_STATE_HOME"); xdg && *xdg) return std::string(xdg) + "/switchboard";
  if (const char* home = std::getenv("HOME"); home && *home) return std::string(home) + "/.local/state/switchboard";
  return Error{ErrorKind::Usage, "There is no place to keep jobs: neither XDG_STATE_HOME nor HOME is set.",
               "Give --state-dir DIR."};
}

Result<std::string> spool_directory(const Options& options, const std::string& source) {
  if (source != "-") return std::string();
  auto directory = state_dir(options);
  if (!directory) return directory;
  return *directory + "/spool";
}

Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Options& options) {
  if (auto url = options.text("ledger")) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (!url->starts_with(kSqlite))
      return Error{ErrorKind::Usage, "--ledger knows `sqlite:DIRECTORY`, not \"" + url->substr(0, url->find(':')) + ":\".",
                   "Leave it out to keep jobs in the state directory."};
    return ledger::open_sqlite_ledger(url->substr(kSqlite.size()));
  }
  auto directory = state_dir(options);
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

Result<std::optional<ledger::JobInfo>> choose_job(ledger::Ledger& ledger, const Options& options, bool unfinished) {
  auto jobs = ledger.jobs().all();
  if (!jobs) return jobs.error();
  if (!options.arguments().empty()) {
    const std::string& wanted = options.arguments()[0];
    std::vector<std::string> known;
    for (auto& job : *jobs) {
      if (job.id == wanted) return std::optional(std::move(job));
      known.push_back(job.id);
    }
    return Error{ErrorKind::Usage, "There is no job \"" + wanted + "\"" + did_you_mean(wanted, known) + ".",
                 "`switchboard jobs` lists them."};
  }
  for (auto& job : *jobs) {
    if (unfinished && job.state == ledger::JobState::Finished) {
      auto counts = ledger.jobs().counts(job.id);
      if (!counts) return counts.error();
      const bool again = options.on("resend-unknown") && (*counts)[Outcome::Unknown] > 0;
      if ((*counts)[Outcome::Failed] + (*counts)[Outcome::Pending] == 0 && !again) continue;
    }
    return std::optional(std::move(job));
  }
  return std::optional<ledger::JobInfo>{};
}

Result<ledger::JobInfo> named_or_newest(ledger::Ledger& ledger, const Options& options) {
  auto job = choose_job(ledger, options, false);
  if (!job) return job.error();
  if (!*job) return Error{ErrorKind::Usage, "There is no job yet.", "`switchboard import FILE --to CONNECTOR` makes one."};
  return std::move(**job);
}

}  // namespace switchboard::cli
