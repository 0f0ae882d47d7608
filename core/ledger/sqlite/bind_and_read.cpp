#include "core/ledger/sqlite/bind_and_read.h"

#include <algorithm>

#include "core/ledger/packing/column_coding.h"
#include "core/ledger/contacts_of_rows.h"
#include "core/ledger/sqlite/table_columns.h"

namespace switchboard::ledger {
namespace {

std::string batch_name(std::uint64_t seq) { return "batch " + std::to_string(seq); }

}  // namespace

Error damaged(const std::string& file, const std::string& what) {
  return {ErrorKind::Storage, "The ledger " + file + " is damaged: " + what + " cannot be read.",
          "Bring it back from a backup, or move it away to begin with an empty one; it alone knows what "
          "earlier jobs "
          "sent, so keep the damaged file."};
}

void bind_job(Statement& statement, const JobInfo& job) {
  statement.anew();
  bind_columns(statement, job_columns(), job);
}

Result<JobInfo> read_job(const Statement& row, const std::string& file) {
  JobInfo job;
  int place = 0;
  if (const auto* column = read_columns(row, job_columns(), place, job))
    return damaged(file, "the " + std::string(*column) + " of job " + job.id);
  return job;
}

void bind_job_update(Statement& statement, const JobInfo& job) {
  statement.with(job.id);
  for (const auto& column : job_columns()) {
    if (column.kept == Kept::Changes) column.bind(statement, job);
  }
}

void bind_outcomes(Statement& statement, std::int64_t job_key, const PackedOutcomes& batch) {
  statement.with(job_key);
  bind_columns(statement, batch_columns(), batch);
}

void bind_fixed(Statement& statement, std::int64_t batch_key, const PackedFixed& batch) {
  statement.with(batch_key);
  bind_columns(statement, fixed_columns(), batch);
}

Result<BatchRecord> read_batch(const Statement& row, const std::string& file, Reads reads) {
  StoredBatch stored;
  stored.packed.has_fingerprints = reads == Reads::Everything;
  int place = 0;
  const auto* wrong = read_columns(row, batch_columns(), place, stored);
  if (wrong == nullptr) wrong = read_columns(row, stored.packed.has_fingerprints ? fixed_columns() : fixed_columns_without_fingerprints(), place, stored);
  // What is not read proves the number of contacts all the same, before anything of that size is made.
  const bool is_whole = wrong == nullptr && (stored.packed.has_fingerprints || row.count(place) == packed_fingerprints_size(stored.packed.contacts));
  auto batch = is_whole ? unpack_batch(stored.packed) : std::nullopt;
  if (!batch) return damaged(file, batch_name(stored.packed.seq));
  if (decided_rows(*batch) != stored.counts) return damaged(file, "the sums of " + batch_name(stored.packed.seq));
  return std::move(*batch);
}

Result<SentBatch> read_sent_batch(const Statement& row, const std::string& file) {
  SentBatch batch{row.count(0), {}, {}};
  const auto contacts = row.count(1), sent = row.count(2);
  if (contacts > kMaxBatchContacts) return damaged(file, batch_name(batch.seq));
  auto outcomes = unpack_bare_outcomes(row.bytes(3), static_cast<std::size_t>(contacts));
  auto content = unpack_fingerprints(row.bytes(4), static_cast<std::size_t>(contacts));
  if (!outcomes || !content) return damaged(file, batch_name(batch.seq));
  if (static_cast<std::uint64_t>(std::count_if(outcomes->begin(), outcomes->end(), may_be_there)) != sent)
    return damaged(file, "the sums of " + batch_name(batch.seq));
  batch.outcomes = std::move(*outcomes);
  batch.content = std::move(*content);
  return batch;
}

void bind_chain(Statement& statement, std::int64_t job_key, const ChainRecord& chain, const std::string& packed_rows) {
  statement.with(job_key);
  bind_columns(statement, chain_columns(), ChainToSave{chain, packed_rows});
}

Result<ChainRecord> read_chain(const Statement& row, const std::string& file) {
  StoredChain stored;
  int place = 0;
  const bool is_whole = read_columns(row, chain_columns(), place, stored) == nullptr;
  const std::string name = "a chain of " + batch_name(stored.chain.batch);
  if (!is_whole) return damaged(file, name);
  const std::uint64_t contacts = row.count(place);
  if (contacts > kMaxBatchContacts) return damaged(file, name);
  auto rows = unpack_indices(stored.rows, contacts);
  if (!rows) return damaged(file, name);
  for (auto index : *rows) {
    if (index >= contacts) return damaged(file, name);
  }
  stored.chain.rows = std::move(*rows);
  return std::move(stored.chain);
}

}  // namespace switchboard::ledger
