#include "core/ledger/sqlite/sqlite_index.h"

#include <map>

#include "core/base/sha256.h"
#include "core/ledger/sqlite/queries.h"
#include "core/ledger/sqlite/bind_and_read.h"

namespace switchboard::ledger {

/// 64 bits: no two of the customers in one ledger meet.
static constexpr std::size_t kMarkDigits = 16;

Result<void> SqliteIndex::for_each_sent(
    const JobInfo& job, std::int64_t since_ms,
    const std::function<void(const Fingerprint& content, bool delivered)>& visit) {
  auto others = connections_.read([&](ReadStatements& reads) {
    return read_jobs(reads.jobs_of_account.with(job.account, job.credential, job.profile, job.id, since_ms),
                     connections_.file());
  });
  if (!others) return others.error();
  for (const auto& other : *others) {
    if (auto done = visit_job(other, visit); !done) return done;
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
  for (std::uint64_t seq = 0;;) {
    auto next = connections_.read([&](ReadStatements& reads) {
      return read_some(
          reads.next_sent.with(job.id, seq), [&](const Statement& row) { return read_sent_batch(row, connections_.file()); },
          [](const SentBatch& batch) { return batch.outcomes.size(); });
    });
    if (!next) return next.error();
    if (next->empty()) return {};
    for (const SentBatch& batch : *next) {
      for (std::size_t i = 0; i < batch.outcomes.size(); ++i) {
        if (may_be_there(batch.outcomes[i])) visit(batch.content[i], is_delivered(batch.outcomes[i]));
      }
      const auto sending = open.find(batch.seq);
      if (sending == open.end()) continue;
      for (const std::uint32_t i : sending->second) {
        if (i < batch.outcomes.size() && batch.outcomes[i] == Outcome::Pending) visit(batch.content[i], false);
      }
    }
    seq = next->back().seq + 1;
  }
}

Result<std::optional<JobInfo>> SqliteIndex::sent_before(const JobInfo& job) {
  auto found = connections_.read([&](ReadStatements& reads) {
    return read_jobs(
        reads.sent_before.with(job.account, job.credential, job.profile, job.id, job.source_sha256),
        connections_.file());
  });
  if (!found) return found.error();
  return found->empty() ? std::optional<JobInfo>() : std::optional(std::move(found->front()));
}

Result<std::string> SqliteIndex::credential_mark(std::string_view secrets) {
  if (secrets.empty()) return std::string(kNoCredential);
  auto key = connections_.read([&](ReadStatements& reads) -> Result<std::string> {
    const ResetAtEnd reset(reads.mark_key);
    auto row = reads.mark_key.with().step();
    if (!row) return row.error();
    if (!*row) return damaged(connections_.file(), "the key of the credentials' marks");
    return reads.mark_key.text(0);
  });
  if (!key) return key.error();
  return hmac_sha256_hex(*key, secrets).substr(0, kMarkDigits);
}

}  // namespace switchboard::ledger
