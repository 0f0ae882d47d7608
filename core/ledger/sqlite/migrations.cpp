#include "core/ledger/sqlite/migrations.h"

#include <array>
#include <functional>

#include "core/ledger/job_lock.h"

namespace switchboard::ledger {
namespace {

// Numbers stand before texts and blobs, so that sums need not follow overflow pages. docs/formats.md draws
// what all of these lead to.
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

// What never changes of a batch stands apart (batch_fixed), so that saving outcomes does not write it again. `began` of a
// chain is ChainRecord::began(). `credential` tells customers of one vendor apart; mark_key is what it is keyed with.
constexpr const char* kWrittenOnce = R"sql(
CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;
INSERT INTO meta VALUES ('mark_key', randomblob(32));

ALTER TABLE job ADD COLUMN credential TEXT NOT NULL DEFAULT '';

ALTER TABLE chain ADD COLUMN began INTEGER NOT NULL DEFAULT 0;
UPDATE chain SET began = (phase = 1 OR op <> 0 OR step > 0 OR length(state) > 0);

CREATE TABLE batch_2 (
  key INTEGER PRIMARY KEY,
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
  outcomes BLOB NOT NULL,
  UNIQUE (job, seq)
) STRICT;
CREATE TABLE batch_fixed (
  batch INTEGER PRIMARY KEY REFERENCES batch (key),
  lines BLOB NOT NULL,
  warnings BLOB NOT NULL,
  identity BLOB NOT NULL,
  content BLOB NOT NULL
) STRICT;
INSERT INTO batch_2 SELECT rowid, job, seq, first_row, row_count, created, updated, unchanged, accepted, rejected, skipped,
  failed, unknown, outcomes FROM batch;
INSERT INTO batch_fixed SELECT rowid, lines, warnings, identity, content FROM batch;
DROP TABLE batch;
ALTER TABLE batch_2 RENAME TO batch;
)sql";

// A row may give several contacts: the sums stay those of rows, `contacts` says how many entries the packed columns have,
// and `sent` how many of them were delivered or may have been, which a row's outcome does not tell any more.
constexpr const char* kContacts = R"sql(
CREATE TABLE batch_3 (
  key INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES job (key),
  seq INTEGER NOT NULL,
  first_row INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  contacts INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  outcomes BLOB NOT NULL,
  UNIQUE (job, seq)
) STRICT;
CREATE TABLE batch_fixed_3 (
  batch INTEGER PRIMARY KEY REFERENCES batch_3 (key),
  parts BLOB NOT NULL,
  lines BLOB NOT NULL,
  warnings BLOB NOT NULL,
  identity BLOB NOT NULL,
  content BLOB NOT NULL
) STRICT;
INSERT INTO batch_3 SELECT key, job, seq, first_row, row_count, row_count, created, updated, unchanged, accepted, rejected,
  skipped, failed, unknown, created + updated + unchanged + accepted + unknown, outcomes FROM batch;
INSERT INTO batch_fixed_3 SELECT batch, x'', lines, warnings, identity, content FROM batch_fixed;
DROP TABLE batch_fixed;
DROP TABLE batch;
ALTER TABLE batch_3 RENAME TO batch;
ALTER TABLE batch_fixed_3 RENAME TO batch_fixed;
)sql";

// A chain is written, changed once or twice and deleted: without a row id that is one tree each time, not two.
constexpr const char* kChainsWithoutRowId = R"sql(
CREATE TABLE chain_without_rowid (
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
  began INTEGER NOT NULL,
  PRIMARY KEY (job, batch, chain),
  FOREIGN KEY (job, batch) REFERENCES batch (job, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO chain_without_rowid SELECT job, batch, chain, op, step, attempt, replay, phase, not_before_ms, started_ms, rows,
  state, began FROM chain;
DROP TABLE chain;
ALTER TABLE chain_without_rowid RENAME TO chain;
)sql";

// What an import knew when it came in doubt, for the question about it (swb_step.import_state).
constexpr const char* kStateOfTheImport = R"sql(
ALTER TABLE chain ADD COLUMN import_state BLOB NOT NULL DEFAULT x'';
)sql";

// The start of the system in which a chain was cleared (ChainPhase::Cleared); empty: it was not.
constexpr const char* kClearedInBoot = R"sql(
ALTER TABLE chain ADD COLUMN cleared_in TEXT NOT NULL DEFAULT '';
)sql";

// Of jobs that had no other.
constexpr const char* kOperationOfTheJob = R"sql(
ALTER TABLE job ADD COLUMN operation INTEGER NOT NULL DEFAULT 0;
)sql";

// Which requests of a chain must not go out again. Of chains that an earlier release left nobody knows.
constexpr const char* kWhatWasCarriedOut = R"sql(
ALTER TABLE chain ADD COLUMN carried_out BLOB NOT NULL DEFAULT x'';
)sql";

constexpr std::array kMigrations = {
    Migration{"jobs, batches, chains", kTables},
    Migration{"what never changes is written once; credentials told apart", kWrittenOnce},
    Migration{"several contacts a row", kContacts},
    Migration{"chains without row ids", kChainsWithoutRowId},
    Migration{"questions know the state of their import", kStateOfTheImport},
    Migration{"chains that may leave at any moment", kClearedInBoot},
    Migration{"jobs know what they do with rows", kOperationOfTheJob},
    Migration{"chains know what was carried out", kWhatWasCarriedOut},
};

/// The tables' version. Error (Storage): they are not ours, or newer.
Result<int> version_of(Database& database) {
  auto application = database.integer("PRAGMA application_id");
  if (!application) return application.error();
  auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  const std::string& file = database.file();
  if (*application != kApplicationId || *version < 1) {
    return Error{ErrorKind::Storage, "The file " + file + " is not a Switchboard ledger.",
                 "Move it away, or choose another directory with --state-dir."};
  }
  if (*version > schema_version()) {
    return Error{ErrorKind::Storage,
                 "The ledger " + file + " was written by a newer Switchboard (tables of version " +
                     std::to_string(*version) + ", this one knows " + std::to_string(schema_version()) + ").",
                 "Use that newer Switchboard, or choose another directory with --state-dir."};
  }
  return static_cast<int>(*version);
}

/// All steps after `version`, within a transaction.
Result<void> take_steps(Database& database, int version) {
  for (const auto& migration : migrations().subspan(static_cast<std::size_t>(version))) {
    if (auto done = database.execute(migration.sql); !done) return done;
  }
  const std::string marks = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                            "; PRAGMA user_version = " + std::to_string(schema_version());
  return database.execute(marks.c_str());
}

Result<void> in_transaction(Database& database, const std::function<Result<void>()>& work) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun;
  auto done = work();
  if (done) done = database.execute("COMMIT");
  if (!done && !database.is_idle()) (void)database.execute("ROLLBACK");
  return done;
}

Result<void> migrate_locked(Database& database, const std::string& state_dir) {
  auto version = version_of(database);  // again: another process may have been faster
  if (!version) return version.error();
  if (*version == schema_version()) return {};
  if (const auto job = held_job(state_dir)) {
    return Error{ErrorKind::Usage,
                 "The ledger " + database.file() + " cannot be brought to this version of Switchboard while job " + *job +
                     " runs with an earlier one.",
                 "Wait until that job has finished, then try again."};
  }
  return take_steps(database, *version);
}

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

int schema_version() { return static_cast<int>(kMigrations.size()); }

Result<void> migrate(Database& database, const std::string& state_dir) {
  auto version = version_of(database);
  if (!version) return version.error();
  if (*version == schema_version()) return {};
  return in_transaction(database, [&] { return migrate_locked(database, state_dir); });
}

Result<void> create_tables(Database& database) {
  return in_transaction(database, [&] { return take_steps(database, 0); });
}

}  // namespace switchboard::ledger
