#include "host/jobs/ledger_place.h"

#include <cstdlib>
#include <string_view>

namespace switchboard::jobs {

Result<std::string> LedgerPlace::directory() const {
  if (url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url->starts_with(kSqlite)) return url->substr(kSqlite.size());
    return Error{ErrorKind::Usage, "--ledger knows `sqlite:DIRECTORY`, not \"" + url->substr(0, url->find(':')) + ":\".",
                 "Leave it out to keep jobs in the state directory."};
  }
  if (state_dir) return *state_dir;
  if (const char* xdg = std::getenv("XDG_STATE_HOME"); xdg && *xdg) return std::string(xdg) + "/switchboard";
  if (const char* home = std::getenv("HOME"); home && *home) return std::string(home) + "/.local/state/switchboard";
  return Error{ErrorKind::Usage, "There is no place to keep jobs: neither XDG_STATE_HOME nor HOME is set.",
               "Give --state-dir DIR."};
}

Result<std::unique_ptr<ledger::Ledger>> LedgerPlace::open(const CancelToken* cancel) const {
  auto place = directory();
  if (!place) return place.error();
  return ledger::open_sqlite_ledger(*place, cancel);
}

Result<std::string> LedgerPlace::spool_directory(const std::string& source) const {
  if (source != "-") return std::string();
  auto place = directory();
  if (!place) return place;
  return *place + "/spool";
}

}  // namespace switchboard::jobs
