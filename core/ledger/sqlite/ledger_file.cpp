#include "core/ledger/sqlite/ledger_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/base/sync_directory.h"
#include "core/ledger/sqlite/migrations.h"

namespace switchboard::ledger {
namespace {

// FULL: a commit is on the disk before it returns. secure_delete: what forget() deletes is overwritten.
// wal_autocheckpoint: pages that change often (chains, the newest batches) go from the log into the file a third as often as by SQLite's own
// 1000, and so often waits whoever sends for the disk; with them the log stays below journal_size_limit.
// temp_store: no contact in a file outside the state directory. cell_size_check: damage is found early.
constexpr const char* kConnectionSettings = R"sql(
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA wal_autocheckpoint = 3000;
PRAGMA journal_size_limit = 16777216;
)sql";

Result<void> write_tables(const std::string& file) {
  auto database = Database::open(file);
  if (!database) return database.error();
  if (auto done = create_tables(*database); !done) return done;
  return database->execute("PRAGMA journal_mode = WAL");
}

Error cannot_create(const std::string& file, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT;
  return {full ? ErrorKind::Storage : ErrorKind::Usage,
          "The ledger " + file + " cannot be created: " + std::strerror(reason) + ".",
          full ? "Free some space, or choose another directory with --state-dir."
               : "Choose a directory that you may write to with --state-dir or SWITCHBOARD_STATE_DIR."};
}

/// Gives the finished file its name unless somebody else was faster. 0, or errno.
int publish(const std::string& made, const std::string& file) {
  if (::link(made.c_str(), file.c_str()) == 0 || errno == EEXIST) return 0;
  if (errno != EPERM && errno != EOPNOTSUPP) return errno;
  return std::rename(made.c_str(), file.c_str()) == 0 ? 0 : errno;  // a file system without hard links
}

}  // namespace

std::string ledger_file(const std::string& state_dir) { return state_dir + "/switchboard.db"; }

Result<void> create_where_missing(const std::string& state_dir) {
  const std::string file = ledger_file(state_dir);
  struct stat facts {};
  if (::stat(file.c_str(), &facts) == 0) return {};
  // Written under another name and then linked: nobody ever opens half a ledger.
  static std::atomic<unsigned> number{0};
  const std::string made = file + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
  ::unlink(made.c_str());
  const int descriptor = ::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return cannot_create(file, errno);
  ::close(descriptor);
  auto written = write_tables(made);
  const int reason = written ? publish(made, file) : 0;
  ::unlink(made.c_str());
  if (!written) return written.error();
  if (reason != 0) return cannot_create(file, reason);
  sync_directory(state_dir);
  return {};
}

Result<Database> connect(const std::string& state_dir, const CancelToken* cancel) {
  auto database = Database::open(ledger_file(state_dir), cancel);
  if (!database) return database.error();
  if (auto done = database->execute(kConnectionSettings); !done) return done.error();
  if (auto done = migrate(*database, state_dir); !done) return done.error();
  // Not before: a migration moves tables that others refer to.
  if (auto done = database->execute("PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL"); !done) return done.error();
  return database;
}

}  // namespace switchboard::ledger
