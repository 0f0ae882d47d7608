#include "core/ledger/sqlite/sqlite_index.h"

#include <map>

#include "core/ledger/sqlite/queries.h"

namespace switchboard::ledger {

Result<void> SqliteIndex::for_each_sent(
    const std::string& account, const std::string& except_job, std::int64_t since_ms,
    const std::function<void(const Fingerprint& content, bool delivered)>& visit) {
  auto jobs = connections_.read([&](ReadStatements& reads) {
    return read_jobs(reads.jobs_of_account.with(account, except_job), connections_.file());
  });
  if (!jobs) return jobs.error();
  for (const auto& job : *jobs) {
    if (job.started_ms < since_ms) continue;
    if (auto done = visit_job(job, visit); !done) return done;
  }
  return {};
}

Result<void> SqliteIndex::visit_job(
    const JobInfo& job, const std::function<void(const Fingerprint& content, bool delivered)>& visit) {
  auto chains = chains_of(connections_, job.id);
  if (!chains) return chains.error();
  std::map<std::uint64_t, std::vector<std::uint32_t>> open;  // by batch: rows that an unfinished chain has sent
  for (const ChainRecord& chain : *chains) {
    if (chain.began()) open[chain.batch].insert(open[chain.batch].end(), chain.rows.begin(), chain.rows.end());
  }
  for (std::uint64_t seq = 0;; ++seq) {
    auto next = connections_.read([&](ReadStatements& reads) {
      return read_one_batch(reads.next_sent.with(job.id, seq), connections_.file());
    });
    if (!next) return next.error();
    if (!*next) return {};
    const BatchRecord& batch = **next;
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      const Outcome outcome = batch.rows[i].outcome;
      if (is_delivered(outcome) || outcome == Outcome::Unknown) visit(batch.content[i], is_delivered(outcome));
    }
    for (const std::uint32_t i : open[batch.seq]) {
      if (i < batch.rows.size() && batch.rows[i].outcome == Outcome::Pending) visit(batch.content[i], false);
    }
    seq = batch.seq;
  }
}

Result<std::optional<JobInfo>> SqliteIndex::sent_before(const std::string& account,
                                                        const std::string& source_sha256) {
  auto found = connections_.read([&](ReadStatements& reads) {
    return read_jobs(reads.sent_before.with(account, source_sha256), connections_.file());
  });
  if (!found) return found.error();
  return found->empty() ? std::optional<JobInfo>() : std::optional(std::move(found->front()));
}

}  // namespace switchboard::ledger
