#include "core/ledger/sqlite/rows.h"

#include <array>
#include <limits>

#include "core/ledger/packing/pack.h"
#include "core/ledger/row_parts.h"

namespace switchboard::ledger {
namespace {

constexpr std::array kCountedOutcomes = {Outcome::Created,  Outcome::Updated,  Outcome::Unchanged,
                                         Outcome::Accepted, Outcome::Rejected, Outcome::Skipped,
                                         Outcome::Failed,   Outcome::Unknown};

std::string batch_name(std::uint64_t seq) { return "batch " + std::to_string(seq); }

bool fits_u32(std::int64_t value) { return value >= 0 && value <= std::numeric_limits<std::uint32_t>::max(); }

}  // namespace

Error damaged(const std::string& file, const std::string& what) {
  return {ErrorKind::Storage, "The ledger " + file + " is damaged: " + what + " cannot be read.",
          "Bring it back from a backup, or move it away to begin with an empty one; it alone knows what "
          "earlier jobs "
          "sent, so keep the damaged file."};
}

void bind_job(Statement& statement, const JobInfo& job) {
  statement.with(job.id, Text{name_of(job.state)}, job.exit_code, job.started_ms, job.finished_ms,
                 job.rows_read, job.requests_sent, job.requests_retried, job.waited_ms, job.source_bytes,
                 job.source_spooled, job.connector_id, job.connector_version, job.account, job.profile,
                 job.source_name, job.source_path, job.source_sha256, job.mapping_hash, job.stop_message,
                 job.rejects_path, job.source_json, job.mapping_json, job.options_json, job.credential);
}

Result<JobInfo> read_job(const Statement& row, const std::string& file) {
  JobInfo job;
  int column = 0;
  job.id = row.text(column++);
  const auto state = state_named(row.bytes(column++));
  if (!state) return damaged(file, "the state of job " + job.id);
  job.state = *state;
  job.exit_code = static_cast<int>(row.integer(column++));
  job.started_ms = row.integer(column++);
  job.finished_ms = row.integer(column++);
  job.rows_read = row.count(column++);
  job.requests_sent = row.count(column++);
  job.requests_retried = row.count(column++);
  job.waited_ms = row.count(column++);
  job.source_bytes = row.count(column++);
  job.source_spooled = row.integer(column++) != 0;
  for (std::string* text :
       {&job.connector_id, &job.connector_version, &job.account, &job.profile, &job.source_name,
        &job.source_path, &job.source_sha256, &job.mapping_hash, &job.stop_message, &job.rejects_path,
        &job.source_json, &job.mapping_json, &job.options_json, &job.credential}) {
    *text = row.text(column++);
  }
  return job;
}

void bind_job_update(Statement& statement, const JobInfo& job) {
  statement.with(job.id, Text{name_of(job.state)}, job.exit_code, job.finished_ms, job.rows_read, job.requests_sent,
                 job.requests_retried, job.waited_ms, job.credential, job.stop_message, job.rejects_path,
                 job.options_json);
}

void bind_outcomes(Statement& statement, std::int64_t job_key, const PackedOutcomes& batch) {
  const auto& n = batch.counts;
  statement.with(job_key, batch.seq, batch.first_row, batch.row_count, n[Outcome::Created], n[Outcome::Updated],
                 n[Outcome::Unchanged], n[Outcome::Accepted], n[Outcome::Rejected], n[Outcome::Skipped],
                 n[Outcome::Failed], n[Outcome::Unknown], batch.sent, Blob{batch.outcomes}, batch.contacts);
}

void bind_fixed(Statement& statement, std::int64_t batch_key, const PackedFixed& batch) {
  statement.with(batch_key, Blob{batch.parts}, Blob{batch.lines}, Blob{batch.warnings}, Blob{batch.identity}, Blob{batch.content});
}

Result<BatchRecord> read_batch(const Statement& row, const std::string& file) {
  BatchColumns columns;
  int column = 0;
  columns.seq = row.count(column++);
  columns.first_row = row.count(column++);
  columns.row_count = row.count(column++);
  columns.contacts = row.count(column++);
  OutcomeCounts counts;
  for (auto outcome : kCountedOutcomes) counts[outcome] = row.count(column++);
  for (auto* bytes : {&columns.outcomes, &columns.parts, &columns.lines, &columns.warnings, &columns.identity, &columns.content})
    *bytes = row.bytes(column++);
  auto batch = unpack_batch(columns);
  if (!batch) return damaged(file, batch_name(columns.seq));
  if (decided_rows(*batch) != counts) return damaged(file, "the sums of " + batch_name(columns.seq));
  return std::move(*batch);
}

void bind_chain(Statement& statement, std::int64_t job_key, const ChainRecord& chain, const std::string& packed_rows) {
  statement.with(job_key, chain.batch, chain.chain, static_cast<std::uint32_t>(chain.op), chain.step, chain.attempt, chain.replay,
                 static_cast<int>(chain.phase), chain.not_before_ms, chain.started_ms, Blob{packed_rows},
                 Blob{chain.state}, chain.began() ? 1 : 0);
}

Result<ChainRecord> read_chain(const Statement& row, const std::string& file) {
  ChainRecord chain;
  chain.batch = row.count(0);
  const std::string name = "a chain of " + batch_name(chain.batch);
  std::uint32_t op = 0;
  std::uint32_t* const numbers[] = {&chain.chain, &op, &chain.step, &chain.attempt, &chain.replay};
  int column = 1;
  for (auto* number : numbers) {
    const std::int64_t value = row.integer(column++);
    if (!fits_u32(value)) return damaged(file, name);
    *number = static_cast<std::uint32_t>(value);
  }
  const auto operation = operation_of(op);
  if (!operation || !traits_of(*operation).carries_rows) return damaged(file, name);
  chain.op = *operation;
  const std::int64_t phase = row.integer(column++);
  if (phase != 0 && phase != 1) return damaged(file, name);
  chain.phase = static_cast<ChainPhase>(phase);
  chain.not_before_ms = row.integer(column++);
  chain.started_ms = row.integer(column++);
  const std::uint64_t contacts = row.count(column + 2);
  if (contacts > kMaxBatchContacts) return damaged(file, name);
  auto rows = unpack_indices(row.bytes(column), contacts);
  if (!rows) return damaged(file, name);
  for (auto index : *rows) {
    if (index >= contacts) return damaged(file, name);
  }
  chain.rows = std::move(*rows);
  chain.state = row.text(column + 1);
  return chain;
}

}  // namespace switchboard::ledger
