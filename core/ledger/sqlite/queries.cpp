#include "core/ledger/sqlite/queries.h"

#include "core/ledger/sqlite/bind_and_read.h"

namespace switchboard::ledger {

Result<std::vector<JobInfo>> read_jobs(Statement& statement, const std::string& file) {
  const ResetAtEnd reset(statement);
  std::vector<JobInfo> jobs;
  for (;;) {
    auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return jobs;
    auto job = read_job(statement, file);
    if (!job) return job.error();
    jobs.push_back(std::move(*job));
  }
}

Result<std::optional<JobInfo>> find_job(Connections& connections, const std::string& id) {
  auto found =
      connections.read([&](ReadStatements& reads) { return read_jobs(reads.job.with(id), connections.file()); });
  if (!found) return found.error();
  return found->empty() ? std::optional<JobInfo>() : std::optional(std::move(found->front()));
}

Result<OutcomeCounts> counts_of(Connections& connections, const std::string& job) {
  return connections.read([&](ReadStatements& reads) -> Result<OutcomeCounts> {
    const ResetAtEnd reset(reads.counts);
    auto row = reads.counts.with(job).step();
    if (!row) return row.error();
    if (!*row) return unknown_job(job);
    OutcomeCounts counts;
    for (std::size_t i = 1; i < kOutcomeCount; ++i) counts.by[i] = reads.counts.count(static_cast<int>(i));
    return with_pending(job, reads.counts.count(0), counts);
  });
}

Result<std::vector<ChainRecord>> chains_of(Connections& connections, const std::string& job) {
  return connections.read([&](ReadStatements& reads) -> Result<std::vector<ChainRecord>> {
    const ResetAtEnd reset(reads.chains);
    reads.chains.with(job);
    std::vector<ChainRecord> chains;
    for (;;) {
      auto row = reads.chains.step();
      if (!row) return row.error();
      if (!*row) return chains;
      auto chain = read_chain(reads.chains, connections.file());
      if (!chain) return chain.error();
      chains.push_back(std::move(*chain));
    }
  });
}

Result<std::optional<BatchRecord>> read_one_batch(Statement& statement, const std::string& file) {
  const ResetAtEnd reset(statement);
  auto row = statement.step();
  if (!row) return row.error();
  if (!*row) return std::optional<BatchRecord>();
  auto batch = read_batch(statement, file);
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

Result<std::int64_t> key_of(WriteStatements& writes, const std::string& job) {
  const ResetAtEnd reset(writes.find_job);
  auto found = writes.find_job.with(job).step();
  if (!found) return found.error();
  if (!*found) return unknown_job(job);
  return writes.find_job.integer(0);
}

Result<void> update_job(WriteStatements& writes, const JobInfo& job) {
  bind_job_update(writes.update_job, job);
  if (auto done = writes.update_job.run(); !done) return done;
  if (writes.update_job.changed() == 0) return unknown_job(job.id);
  return {};
}

}  // namespace switchboard::ledger
