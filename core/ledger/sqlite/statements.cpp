#include "core/ledger/sqlite/statements.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "core/base/operation.h"
#include "core/ledger/sqlite/table_columns.h"

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

// What follows is made from the lists of columns, in their order (table_columns.h). ?1 is the job's or the batch's key; an
// update of a job has its id there, and the places count only what changes.

std::string place(std::size_t number) { return "?" + std::to_string(number); }

/// "name, name" of those that are kept so.
template <class From, class To>
std::string names(std::span<const Column<From, To>> columns, std::optional<Kept> kept = {}) {
  std::string list;
  for (const auto& column : columns) {
    if (!kept || column.kept == *kept) (list += list.empty() ? "" : ", ") += column.name;
  }
  return list;
}

/// "INSERT INTO table (owner, …) VALUES (?1, …)"; without an owner the columns begin at ?1.
template <class From, class To>
std::string insert(const std::string& table, const std::string& owner, std::span<const Column<From, To>> columns) {
  std::string places;
  for (std::size_t i = 1; i <= columns.size() + (owner.empty() ? 0 : 1); ++i) places += (i == 1 ? "" : ", ") + place(i);
  return "INSERT INTO " + table + " (" + owner + (owner.empty() ? "" : ", ") + names(columns) + ") VALUES (" + places + ")";
}

/// "(a, b) = (?5, ?6)" of those that change, in the places of an insert with an owner.
template <class From, class To>
std::string set_changes(std::span<const Column<From, To>> columns) {
  std::string places;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kept == Kept::Changes) places += (places.empty() ? "" : ", ") + place(i + 2);
  }
  return "(" + names(columns, Kept::Changes) + ") = (" + places + ")";
}

/// What the batch is known by must be as it was.
std::string update_batch_sql() {
  const auto columns = batch_columns();
  std::string known = "job = ?1";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kept == Kept::Written) known.append(" AND ").append(columns[i].name).append(" = ").append(place(i + 2));
  }
  return "UPDATE batch SET " + set_changes(columns) + " WHERE " + known;
}

std::string save_chain_sql() {
  return insert("chain", "job", chain_columns()) + " ON CONFLICT (job, batch, chain) DO UPDATE SET " + set_changes(chain_columns());
}

// What a job is, is written when it is created; this is what becomes of it.
std::string update_job_sql() {
  std::string places;
  std::size_t next = 2;
  for (const auto& column : job_columns()) {
    if (column.kept == Kept::Changes) places += (places.empty() ? "" : ", ") + place(next++);
  }
  return "UPDATE job SET (" + names(job_columns(), Kept::Changes) + ") = (" + places + ") WHERE id = ?1";
}

std::string blank_job_sql() {
  std::string list;
  for (const auto& column : job_columns()) {
    if (!column.blank.empty()) (list += list.empty() ? "" : ", ").append(column.name).append(" = ").append(column.blank);
  }
  return "UPDATE job SET " + list + " WHERE key = ?1";
}

/// Rows read, then the sums of each outcome but Pending, in the order of the enum.
std::string counts_sql() {
  std::string sums;
  for (const auto& outcome : std::span(kOutcomes).subspan(1)) sums.append(", coalesce(sum(").append(outcome.name).append("), 0)");
  return "SELECT rows_read" + sums + " FROM job LEFT JOIN batch ON batch.job = job.key WHERE id = ?1 GROUP BY job.key";
}

constexpr const char* kChains = R"sql(
  FROM chain JOIN batch ON batch.job = chain.job AND batch.seq = chain.batch
  WHERE chain.job = (SELECT key FROM job WHERE id = ?1) ORDER BY chain.batch, chain.chain)sql";

// SentIndex says what this means. ?1 account, ?2 credential, ?3 profile, ?4 the job itself.
constexpr const char* kSameAccount = R"sql(
  account = ?1 AND id <> ?4 AND (credential = ?2 OR credential = '*' OR ?2 = '*' OR
    ((credential = '' OR ?2 = '') AND profile = ?3)))sql";

static_assert(std::ranges::none_of(kOperations, &OperationTraits::takes_back),
              "rows that were taken back still count as sent: SqliteIndex::for_each_sent() and sent_before() have to leave them out, by the "
              "jobs of such operations or by an outcome of the rows that these change");

/// Those of such jobs whose rows are with the vendor.
std::string that_deliver() {
  std::string numbers;
  for (const auto& operation : kOperations)
    if (operation.delivers) numbers += (numbers.empty() ? "" : ", ") + std::to_string(static_cast<unsigned>(operation.operation));
  return " AND operation IN (" + numbers + ")";
}

constexpr const char* kSentSource = R"sql(
  AND source_sha256 = ?5 AND EXISTS
    (SELECT 1 FROM batch WHERE batch.job = job.key AND sent > 0
     UNION ALL SELECT 1 FROM chain WHERE chain.job = job.key AND began)
  ORDER BY started_ms DESC, key DESC LIMIT 1)sql";

std::string jobs_where(const std::string& condition) {
  return "SELECT " + names(job_columns()) + " FROM job WHERE " + condition;
}

}  // namespace

Result<void> WriteStatements::prepare(Database& database) {
  const Entry entries[] = {
      {begin, "BEGIN IMMEDIATE"},
      {commit, "COMMIT"},
      {rollback, "ROLLBACK"},
      {find_job, "SELECT key FROM job WHERE id = ?1"},
      {insert_job, insert("job", "", job_columns()) + " ON CONFLICT (id) DO NOTHING RETURNING key"},
      {update_job, update_job_sql()},
      {insert_batch, insert("batch", "job", batch_columns())},
      {insert_new_batch, insert("batch", "job", batch_columns()) + " ON CONFLICT (job, seq) DO NOTHING"},
      {insert_fixed, insert("batch_fixed", "batch", fixed_columns())},
      {update_batch, update_batch_sql()},
      {save_chain, save_chain_sql()},
      {remove_chain, "DELETE FROM chain WHERE job = ?1 AND batch = ?2 AND chain = ?3"},
      {delete_chains, "DELETE FROM chain WHERE job = ?1"},
      {delete_fixed, "DELETE FROM batch_fixed WHERE batch IN (SELECT key FROM batch WHERE job = ?1)"},
      {delete_batches, "DELETE FROM batch WHERE job = ?1"},
      {blank_job, blank_job_sql()},
      {delete_job, "DELETE FROM job WHERE key = ?1"},
      {sent_before, jobs_where(kSameAccount + that_deliver() + kSentSource)},
      {running_to_account, jobs_where(std::string(kSameAccount) + " AND state = 'running' ORDER BY key DESC")},
      {spool_of, "SELECT source_path FROM job WHERE key = ?1 AND source_spooled"},
      {others_of_spool, "SELECT 1 FROM job WHERE source_spooled AND source_path = ?2 AND key <> ?1 LIMIT 1"},
  };
  return prepare_all(database, entries);
}

Result<void> ReadStatements::prepare(Database& database) {
  const std::string of_job = " FROM batch JOIN batch_fixed ON batch_fixed.batch = batch.key WHERE job = (SELECT key FROM job WHERE id = ?1) AND ";
  const auto select_batches = [&](std::span<const FixedColumn> fixed, const std::string& more = {}) {
    return "SELECT " + select_list("batch", batch_columns()) + ", " + select_list("batch_fixed", fixed) + more + of_job;
  };
  const Entry entries[] = {
      {job, jobs_where("id = ?1")},
      {jobs, jobs_where("true ORDER BY started_ms DESC, key DESC")},
      {jobs_of_account, jobs_where(kSameAccount + that_deliver() + " AND started_ms >= ?5 ORDER BY key")},
      {sent_before, jobs_where(kSameAccount + that_deliver() + kSentSource)},
      {counts, counts_sql()},
      {batch, select_batches(fixed_columns()) + "seq = ?2"},
      {next_batches, select_batches(fixed_columns()) + "seq >= ?2 ORDER BY seq"},
      {next_outcomes, select_batches(fixed_columns_without_fingerprints(), ", length(content)") + "seq >= ?2 ORDER BY seq"},
      {next_sent, "SELECT seq, contacts, sent, outcomes, content" + of_job +
                      "seq >= ?2 AND (sent > 0 OR EXISTS "
                      "(SELECT 1 FROM chain WHERE chain.job = batch.job AND chain.batch = batch.seq AND began)) ORDER BY seq"},
      {mark_key, "SELECT value FROM meta WHERE name = 'mark_key'"},
      {chains, "SELECT " + select_list("chain", chain_columns()) + ", contacts" + kChains},
  };
  return prepare_all(database, entries);
}

}  // namespace switchboard::ledger
