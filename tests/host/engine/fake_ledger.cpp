#include "tests/host/engine/fake_ledger.h"

#include <string>

namespace switchboard::engine::test {

void FakeLedger::die_at(std::uint64_t write, bool durable) {
  const std::lock_guard lock(mutex_);
  writes_ = 0;
  die_at_ = write;
  durable_ = durable;
}

void FakeLedger::die() {
  const std::lock_guard lock(mutex_);
  dead_ = true;
}

void FakeLedger::revive() {
  const std::lock_guard lock(mutex_);
  dead_ = false;
  writes_ = 0;
  die_at_ = UINT64_MAX;
}

bool FakeLedger::dead() const {
  const std::lock_guard lock(mutex_);
  return dead_;
}

std::uint64_t FakeLedger::writes() const {
  const std::lock_guard lock(mutex_);
  return writes_;
}

bool FakeLedger::dying() {
  if (dead_) return true;
  if (writes_++ < die_at_) return false;
  dead_ = true;
  return !durable_;
}

Error FakeLedger::dead_error() const { return {ErrorKind::Storage, "the ledger is gone", ""}; }

void FakeLedger::check(const ledger::BatchRecord& batch) {
  const auto n = batch.rows.size();
  if (n == 0) broken_.push_back("a batch without rows");
  if (batch.lines.size() != n || batch.identity.size() != n || batch.content.size() != n) {
    broken_.push_back("vectors of a batch differ in length");
  }
  for (const auto& [seq, other] : batches_) {
    if (seq == batch.seq) continue;
    const bool before = other.first_row + other.rows.size() <= batch.first_row;
    const bool after = batch.first_row + n <= other.first_row;
    if (!(seq < batch.seq ? before : after)) broken_.push_back("batches overlap or are out of order");
  }
  if (const auto old = batches_.find(batch.seq); old != batches_.end()) {
    for (std::size_t i = 0; i < n && i < old->second.rows.size(); ++i) {
      const auto was = old->second.rows[i].outcome, is = batch.rows[i].outcome;
      if ((is_delivered(was) || was == Outcome::Skipped) && is != was)
        broken_.push_back("a final outcome changed");
    }
  }
}

std::vector<RowOutcome> FakeLedger::rows(const std::string& job) {
  const std::lock_guard lock(mutex_);
  std::vector<RowOutcome> all(jobs_.at(job).rows_read);
  for (const auto& [seq, batch] : batches_) {
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      if (batch.first_row - 1 + i < all.size()) all[batch.first_row - 1 + i] = batch.rows[i];
    }
  }
  return all;
}

Result<void> FakeLedger::create_job(const ledger::JobInfo& job) {
  const std::lock_guard lock(mutex_);
  jobs_[job.id] = job;
  return {};
}

Result<void> FakeLedger::update_job(const ledger::JobInfo& job) {
  const std::lock_guard lock(mutex_);
  if (dying()) return dead_error();
  jobs_[job.id] = job;
  if (dead_) return dead_error();
  return {};
}

Result<std::optional<ledger::JobInfo>> FakeLedger::job(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return std::optional<ledger::JobInfo>{};
  return std::optional(found->second);
}

Result<std::vector<ledger::JobInfo>> FakeLedger::jobs() { return std::vector<ledger::JobInfo>{}; }

Result<OutcomeCounts> FakeLedger::counts(const std::string& job) {
  const std::lock_guard lock(mutex_);
  OutcomeCounts counts;
  for (const auto& [seq, batch] : batches_) {
    for (const auto& row : batch.rows) ++counts[row.outcome];
  }
  counts[Outcome::Pending] = 0;
  const auto read = jobs_.at(job).rows_read;
  if (counts.sum() > read) broken_.push_back("more outcomes than rows");
  counts[Outcome::Pending] = read - counts.sum();
  return counts;
}

Result<void> FakeLedger::save(const std::string&, const ledger::BatchRecord* batch,
                              std::span<const ledger::ChainRecord> chains,
                              std::span<const ledger::ChainId> finished) {
  if (on_save) on_save();
  const std::lock_guard lock(mutex_);
  if (dying()) return dead_error();
  if (batch != nullptr) {
    check(*batch);
    batches_[batch->seq] = *batch;
  }
  for (const auto& chain : chains) {
    if (!batches_.contains(chain.batch)) broken_.push_back("a chain without its batch");
    chains_[{chain.batch, chain.chain}] = chain;
  }
  for (const auto& id : finished) chains_.erase({id.batch, id.chain});
  if (dead_) return dead_error();
  return {};
}

Result<std::optional<ledger::BatchRecord>> FakeLedger::batch(const std::string&, std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  if (dead_) return dead_error();
  const auto found = batches_.find(seq);
  if (found == batches_.end()) return std::optional<ledger::BatchRecord>{};
  return std::optional(found->second);
}

Result<void> FakeLedger::for_each_batch(const std::string&,
                                        const std::function<bool(const ledger::BatchRecord&)>& visit) {
  const std::lock_guard lock(mutex_);
  for (const auto& [seq, batch] : batches_) {
    if (!visit(batch)) break;
  }
  return {};
}

Result<std::vector<ledger::ChainRecord>> FakeLedger::chains(const std::string&) {
  const std::lock_guard lock(mutex_);
  std::vector<ledger::ChainRecord> all;
  for (const auto& [id, chain] : chains_) all.push_back(chain);
  return all;
}

Result<void> FakeLedger::for_each_sent(const std::string&, const std::string&, std::int64_t,
                                            const std::function<void(const Fingerprint&, bool)>& visit) {
  for (const auto& [content, delivered] : earlier_) visit(content, delivered);
  return {};
}

Result<std::optional<ledger::JobInfo>> FakeLedger::sent_before(const std::string&, const std::string&) {
  return std::optional<ledger::JobInfo>{};
}

Result<std::unique_ptr<ledger::JobLock>> FakeLedger::lock(const std::string&) {
  return std::make_unique<ledger::JobLock>();
}

Result<void> FakeLedger::forget(const std::string&) { return {}; }

}  // namespace switchboard::engine::test
