#include "core/ledger/rows.h"

#include <limits>

#include "core/ledger/pack.h"

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
                 job.rejects_path, job.source_json, job.mapping_json, job.options_json);
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
        &job.source_json, &job.mapping_json, &job.options_json}) {
    *text = row.text(column++);
  }
  return job;
}

Result<PackedBatch> pack_batch(const BatchRecord& batch) {
  const std::size_t rows = batch.rows.size();
  bool is_whole = rows <= kMaxBatchRows && batch.lines.size() == rows && batch.identity.size() == rows &&
                  batch.content.size() == rows;
  for (const auto& warning : batch.warnings) {
    is_whole &= warning.row >= batch.first_row && warning.row - batch.first_row < rows;
  }
  if (!is_whole) {
    return Error{ErrorKind::Internal,
                 "The ledger was given a " + batch_name(batch.seq) + " that is not whole.", ""};
  }
  PackedBatch packed{batch.seq, batch.first_row, rows};
  for (const auto& row : batch.rows) ++packed.counts[row.outcome];
  packed.counts[Outcome::Pending] = 0;
  packed.lines = pack_lines(batch.lines);
  packed.outcomes = pack_outcomes(batch.rows);
  packed.warnings = pack_warnings(batch.warnings, batch.first_row);
  packed.identity = pack_fingerprints(batch.identity);
  packed.content = pack_fingerprints(batch.content);
  return packed;
}

void bind_batch(Statement& statement, std::int64_t job_key, const PackedBatch& batch) {
  const auto& n = batch.counts;
  statement.with(job_key, batch.seq, batch.first_row, batch.row_count, n[Outcome::Created],
                 n[Outcome::Updated], n[Outcome::Unchanged], n[Outcome::Accepted], n[Outcome::Rejected],
                 n[Outcome::Skipped], n[Outcome::Failed], n[Outcome::Unknown], Blob{batch.lines},
                 Blob{batch.outcomes}, Blob{batch.warnings}, Blob{batch.identity}, Blob{batch.content});
}

Result<BatchRecord> read_batch(const Statement& row, const std::string& file) {
  BatchRecord batch;
  int column = 0;
  batch.seq = row.count(column++);
  batch.first_row = row.count(column++);
  const std::uint64_t row_count = row.count(column++);
  if (row_count > kMaxBatchRows) return damaged(file, batch_name(batch.seq));
  OutcomeCounts counts;
  for (auto outcome : kCountedOutcomes) counts[outcome] = row.count(column++);

  auto identity = unpack_fingerprints(row.bytes(column + 3), row_count);
  auto content = unpack_fingerprints(row.bytes(column + 4), row_count);
  if (!identity || !content) return damaged(file, batch_name(batch.seq));
  auto lines = unpack_lines(row.bytes(column), row_count);
  auto rows = unpack_outcomes(row.bytes(column + 1), row_count);
  auto warnings = unpack_warnings(row.bytes(column + 2), batch.first_row, row_count);
  if (!lines || !rows || !warnings) return damaged(file, batch_name(batch.seq));

  OutcomeCounts counted;
  for (const auto& outcome : *rows) ++counted[outcome.outcome];
  counted[Outcome::Pending] = 0;
  if (counted != counts) return damaged(file, "the sums of " + batch_name(batch.seq));

  batch.identity = std::move(*identity);
  batch.content = std::move(*content);
  batch.lines = std::move(*lines);
  batch.rows = std::move(*rows);
  batch.warnings = std::move(*warnings);
  return batch;
}

Result<ChainRecord> read_chain(const Statement& row, const std::string& file) {
  ChainRecord chain;
  chain.batch = row.count(0);
  const std::string name = "a chain of " + batch_name(chain.batch);
  std::uint32_t* const numbers[] = {&chain.chain, &chain.op, &chain.step, &chain.attempt, &chain.replay};
  int column = 1;
  for (auto* number : numbers) {
    const std::int64_t value = row.integer(column++);
    if (!fits_u32(value)) return damaged(file, name);
    *number = static_cast<std::uint32_t>(value);
  }
  const std::int64_t phase = row.integer(column++);
  if (phase != 0 && phase != 1) return damaged(file, name);
  chain.phase = static_cast<ChainPhase>(phase);
  chain.not_before_ms = row.integer(column++);
  chain.started_ms = row.integer(column++);
  const std::uint64_t row_count = row.count(column + 2);
  if (row_count > kMaxBatchRows) return damaged(file, name);
  auto rows = unpack_indices(row.bytes(column), row_count);
  if (!rows) return damaged(file, name);
  for (auto index : *rows) {
    if (index >= row_count) return damaged(file, name);
  }
  chain.rows = std::move(*rows);
  chain.state = row.text(column + 1);
  return chain;
}

}  // namespace switchboard::ledger
