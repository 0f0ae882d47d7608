#include "core/ledger/sqlite/statements.h"

#include <span>
#include <string>

#include "core/ledger/sqlite/rows.h"

namespace switchboard::ledger {
namespace {

struct Entry {
  Statement& statement;
  std::string sql;
};

Result<void> prepare_all(Database& database, std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    auto statement = database.prepare(entry.sql.c_str());
    if (!statement) return statement.error();
    entry.statement = std::move(*statement);
  }
  return {};
}

constexpr const char* kInsertBatch = R"sql(
  INSERT INTO batch (job, seq, first_row, row_count, created, updated, unchanged, accepted, rejected, skipped, failed,
    unknown, sent, outcomes, contacts)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING key)sql";

constexpr const char* kUpdateBatch = R"sql(
  UPDATE batch SET (created, updated, unchanged, accepted, rejected, skipped, failed, unknown, sent, outcomes) =
    (?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
  WHERE job = ?1 AND seq = ?2 AND first_row = ?3 AND row_count = ?4 AND contacts = ?15 RETURNING key)sql";

constexpr const char* kInsertFixed =
    "INSERT INTO batch_fixed (batch, parts, lines, warnings, identity, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

constexpr const char* kSaveChain = R"sql(
  INSERT INTO chain (job, batch, chain, op, step, attempt, replay, phase, not_before_ms, started_ms, rows, state, began)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
  ON CONFLICT (job, batch, chain) DO UPDATE SET
    (op, step, attempt, replay, phase, not_before_ms, started_ms, rows, state, began) =
    (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))sql";

// What a job is, is written when it is created; this is what becomes of it.
constexpr const char* kUpdateJob = R"sql(
  UPDATE job SET (state, exit_code, finished_ms, rows_read, requests_sent, requests_retried, waited_ms, credential,
      stop_message, rejects_path, options_json) =
    (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
  WHERE id = ?1 RETURNING key)sql";

constexpr const char* kBlankJob = R"sql(
  UPDATE job SET source_name = '', source_path = '', source_sha256 = '', source_json = '', mapping_json = '',
    options_json = '', stop_message = '', rejects_path = '', rows_read = 0
  WHERE key = ?1)sql";

constexpr const char* kCounts = R"sql(
  SELECT rows_read, coalesce(sum(created), 0), coalesce(sum(updated), 0), coalesce(sum(unchanged), 0),
    coalesce(sum(accepted), 0), coalesce(sum(rejected), 0), coalesce(sum(skipped), 0), coalesce(sum(failed), 0),
    coalesce(sum(unknown), 0)
  FROM job LEFT JOIN batch ON batch.job = job.key WHERE id = ?1 GROUP BY job.key)sql";

constexpr const char* kChains = R"sql(
  FROM chain JOIN batch ON batch.job = chain.job AND batch.seq = chain.batch
  WHERE chain.job = (SELECT key FROM job WHERE id = ?1) ORDER BY chain.batch, chain.chain)sql";

// SentIndex says what this means. ?1 account, ?2 credential, ?3 profile, ?4 the job itself.
constexpr const char* kSameAccount = R"sql(
  account = ?1 AND id <> ?4 AND (credential = ?2 OR credential = '*' OR ?2 = '*' OR
    ((credential = '' OR ?2 = '') AND profile = ?3)))sql";

constexpr const char* kSentSource = R"sql(
  AND source_sha256 = ?5 AND EXISTS
    (SELECT 1 FROM batch WHERE batch.job = job.key AND sent > 0
     UNION ALL SELECT 1 FROM chain WHERE chain.job = job.key AND began)
  ORDER BY started_ms DESC, key DESC LIMIT 1)sql";

std::string jobs_where(const std::string& condition) {
  return std::string("SELECT ") + kJobColumns + " FROM job WHERE " + condition;
}

}  // namespace

Result<void> WriteStatements::prepare(Database& database) {
  const std::string columns = kJobColumns, places = kJobPlaces;
  const Entry entries[] = {
      {begin, "BEGIN IMMEDIATE"},
      {commit, "COMMIT"},
      {rollback, "ROLLBACK"},
      {find_job, "SELECT key FROM job WHERE id = ?1"},
      {insert_job,
       "INSERT INTO job (" + columns + ") VALUES (" + places + ") ON CONFLICT (id) DO NOTHING RETURNING key"},
      {update_job, kUpdateJob},
      {insert_batch, kInsertBatch},
      {insert_fixed, kInsertFixed},
      {update_batch, kUpdateBatch},
      {save_chain, kSaveChain},
      {remove_chain, "DELETE FROM chain WHERE job = ?1 AND batch = ?2 AND chain = ?3"},
      {delete_chains, "DELETE FROM chain WHERE job = ?1"},
      {delete_fixed, "DELETE FROM batch_fixed WHERE batch IN (SELECT key FROM batch WHERE job = ?1)"},
      {delete_batches, "DELETE FROM batch WHERE job = ?1"},
      {blank_job, kBlankJob},
      {delete_job, "DELETE FROM job WHERE key = ?1"},
      {sent_before, jobs_where(std::string(kSameAccount) + kSentSource)},
      {running_to_account, jobs_where(std::string(kSameAccount) + " AND state = 'running' ORDER BY key DESC")},
      {spool_of, "SELECT source_path FROM job WHERE key = ?1 AND source_spooled"},
      {others_of_spool, "SELECT 1 FROM job WHERE source_spooled AND source_path = ?2 AND key <> ?1 LIMIT 1"},
  };
  return prepare_all(database, entries);
}

Result<void> ReadStatements::prepare(Database& database) {
  const std::string select_batches = std::string("SELECT ") + kBatchColumns +
                                     " FROM batch JOIN batch_fixed ON batch_fixed.batch = batch.key "
                                     "WHERE job = (SELECT key FROM job WHERE id = ?1) AND ";
  const Entry entries[] = {
      {job, jobs_where("id = ?1")},
      {jobs, jobs_where("true ORDER BY started_ms DESC, key DESC")},
      {jobs_of_account, jobs_where(std::string(kSameAccount) + " AND started_ms >= ?5 ORDER BY key")},
      {sent_before, jobs_where(std::string(kSameAccount) + kSentSource)},
      {counts, kCounts},
      {batch, select_batches + "seq = ?2"},
      {next_batch, select_batches + "seq >= ?2 ORDER BY seq LIMIT 1"},
      {next_sent,
       select_batches +
           "seq >= ?2 AND (sent > 0 OR EXISTS "
           "(SELECT 1 FROM chain WHERE chain.job = batch.job AND chain.batch = batch.seq AND began)) ORDER BY seq LIMIT 1"},
      {mark_key, "SELECT value FROM meta WHERE name = 'mark_key'"},
      {chains, std::string("SELECT ") + kChainColumns + ", contacts" + kChains},
  };
  return prepare_all(database, entries);
}

}  // namespace switchboard::ledger
