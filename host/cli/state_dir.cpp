#include "host/cli/state_dir.h"

#include <cstdlib>
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

std::string resume_words(const Options& options) {
  std::string words = "switchboard resume";
  for (const std::string flag : {"state-dir", "ledger"}) {
    if (options.origin(flag) != "the command line") continue;
    const std::string value = options.text(flag).value_or("");
    const bool plain = value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:") ==
                       std::string::npos;
    std::string quoted = "'";
    for (const char c : value) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    words += " --" + flag + " " + (plain && !value.empty() ? value : quoted + "'");
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

}  // namespace switchboard::cli
