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

constexpr const char* kSaveBatch = R"sql(
  (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
  ON CONFLICT (job, seq) DO UPDATE SET
    (first_row, row_count, created, updated, unchanged, accepted, rejected, skipped, failed, unknown,
     lines, outcomes, warnings, identity, content) =
    (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17))sql";

constexpr const char* kSaveChain = R"sql(
  INSERT INTO chain (job, batch, chain, op, step, attempt, replay, phase, not_before_ms, started_ms, rows, state)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
  ON CONFLICT (job, batch, chain) DO UPDATE SET
    (op, step, attempt, replay, phase, not_before_ms, started_ms, rows, state) =
    (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))sql";

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

// The condition on chains is ChainRecord::began(); 1: ChainPhase::Sending.
constexpr const char* kSentBefore = R"sql(
  FROM job WHERE account = ?1 AND source_sha256 = ?2 AND EXISTS
    (SELECT 1 FROM batch WHERE batch.job = job.key AND created + updated + unchanged + accepted + unknown > 0
     UNION ALL SELECT 1 FROM chain WHERE chain.job = job.key AND (phase = 1 OR op <> 0 OR step > 0 OR length(state) > 0))
  ORDER BY started_ms DESC, key DESC LIMIT 1)sql";

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
      {update_job, "UPDATE job SET (" + columns + ") = (" + places + ") WHERE id = ?1 RETURNING key"},
      {save_batch, std::string("INSERT INTO batch (job, ") + kBatchColumns + ") VALUES" + kSaveBatch},
      {save_chain, kSaveChain},
      {remove_chain, "DELETE FROM chain WHERE job = ?1 AND batch = ?2 AND chain = ?3"},
      {delete_chains, "DELETE FROM chain WHERE job = ?1"},
      {delete_batches, "DELETE FROM batch WHERE job = ?1"},
      {blank_job, kBlankJob},
      {delete_job, "DELETE FROM job WHERE key = ?1"},
  };
  return prepare_all(database, entries);
}

Result<void> ReadStatements::prepare(Database& database) {
  const std::string select_jobs = std::string("SELECT ") + kJobColumns;
  const std::string select_batches = std::string("SELECT ") + kBatchColumns +
                                     " FROM batch WHERE job = (SELECT key FROM job WHERE id = ?1) AND ";
  const Entry entries[] = {
      {job, select_jobs + " FROM job WHERE id = ?1"},
      {jobs, select_jobs + " FROM job ORDER BY started_ms DESC, key DESC"},
      {jobs_of_account, select_jobs + " FROM job WHERE account = ?1 AND id <> ?2 ORDER BY key"},
      {sent_before, select_jobs + kSentBefore},
      {counts, kCounts},
      {batch, select_batches + "seq = ?2"},
      {next_batch, select_batches + "seq >= ?2 ORDER BY seq LIMIT 1"},
      {next_sent,
       select_batches +
           "seq >= ?2 AND (created + updated + unchanged + accepted + unknown > 0 OR EXISTS "
           "(SELECT 1 FROM chain WHERE chain.job = batch.job AND chain.batch = batch.seq)) ORDER BY seq LIMIT 1"},
      {chains, std::string("SELECT ") + kChainColumns + ", row_count" + kChains},
  };
  return prepare_all(database, entries);
}

}  // namespace switchboard::ledger
