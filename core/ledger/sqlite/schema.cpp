#include "core/ledger/sqlite/schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/ledger/state_dir.h"

namespace switchboard::ledger {
namespace {

// Numbers stand before texts and blobs, so that sums need not follow overflow pages. docs/formats.md draws
// this.
constexpr const char* kTables = R"sql(
CREATE TABLE job (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped', 'interrupted')),
  exit_code INTEGER NOT NULL,
  started_ms INTEGER NOT NULL,
  finished_ms INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  requests_sent INTEGER NOT NULL,
  requests_retried INTEGER NOT NULL,
  waited_ms INTEGER NOT NULL,
  source_bytes INTEGER NOT NULL,
  source_spooled INTEGER NOT NULL,
  connector_id TEXT NOT NULL,
  connector_version TEXT NOT NULL,
  account TEXT NOT NULL,
  profile TEXT NOT NULL,
  source_name TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_sha256 TEXT NOT NULL,
  mapping_hash TEXT NOT NULL,
  stop_message TEXT NOT NULL,
  rejects_path TEXT NOT NULL,
  source_json TEXT NOT NULL,
  mapping_json TEXT NOT NULL,
  options_json TEXT NOT NULL
) STRICT;

CREATE TABLE batch (
  job INTEGER NOT NULL REFERENCES job (key),
  seq INTEGER NOT NULL,
  first_row INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  lines BLOB NOT NULL,
  outcomes BLOB NOT NULL,
  warnings BLOB NOT NULL,
  identity BLOB NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (job, seq)
) STRICT;

CREATE TABLE chain (
  job INTEGER NOT NULL,
  batch INTEGER NOT NULL,
  chain INTEGER NOT NULL,
  op INTEGER NOT NULL,
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  replay INTEGER NOT NULL,
  phase INTEGER NOT NULL CHECK (phase IN (0, 1)),
  not_before_ms INTEGER NOT NULL,
  started_ms INTEGER NOT NULL,
  rows BLOB NOT NULL,
  state BLOB NOT NULL,
  UNIQUE (job, batch, chain),
  FOREIGN KEY (job, batch) REFERENCES batch (job, seq)
) STRICT;
)sql";

// FULL: a commit is on the disk before it returns. secure_delete: what forget() deletes is overwritten.
// temp_store: no contact in a file outside the state directory. cell_size_check: damage is found early.
constexpr const char* kConnectionSettings = R"sql(
PRAGMA busy_timeout = 30000;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA journal_size_limit = 16777216;
)sql";

Result<void> write_tables(const std::string& file) {
  auto database = Database::open(file);
  if (!database) return database.error();
  const std::string marks = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                            "; PRAGMA user_version = " + std::to_string(kSchemaVersion) + ";";
  for (const char* sql : {"BEGIN", kTables, marks.c_str(), "COMMIT", "PRAGMA journal_mode = WAL"}) {
    if (auto done = database->execute(sql); !done) return done.error();
  }
  return {};
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

Result<void> check_version(Database& database) {
  auto application = database.integer("PRAGMA application_id");
  if (!application) return application.error();
  auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  const std::string& file = database.file();
  if (*application != kApplicationId || *version < 1) {
    return Error{ErrorKind::Storage, "The file " + file + " is not a Switchboard ledger.",
                 "Move it away, or choose another directory with --state-dir."};
  }
  if (*version > kSchemaVersion) {
    return Error{ErrorKind::Storage,
                 "The ledger " + file + " was written by a newer Switchboard (tables of version " +
                     std::to_string(*version) + ", this one knows " + std::to_string(kSchemaVersion) + ").",
                 "Use that newer Switchboard, or choose another directory with --state-dir."};
  }
  return {};
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

Result<Database> connect(const std::string& state_dir) {
  auto database = Database::open(ledger_file(state_dir));
  if (!database) return database.error();
  if (auto done = database->execute(kConnectionSettings); !done) return done.error();
  if (auto ours = check_version(*database); !ours) return ours.error();
  if (auto done = database->execute("PRAGMA journal_mode = WAL"); !done) return done.error();
  return database;
}

}  // namespace switchboard::ledger
