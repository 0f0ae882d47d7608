#include "core/ledger/memory/unkept_journal.h"

#include "core/ledger/contacts_of_rows.h"

namespace switchboard::ledger {

Result<JobInfo> UnkeptJournal::info() {
  const std::lock_guard lock(mutex_);
  return info_;
}

Result<void> UnkeptJournal::update(const JobInfo& info) {
  const std::lock_guard lock(mutex_);
  info_ = info;
  return {};
}

Result<OutcomeCounts> UnkeptJournal::counts() {
  const std::lock_guard lock(mutex_);
  return with_pending(info_.id, info_.rows_read, counts_);
}

Result<void> UnkeptJournal::save(const BatchRecord* batch, std::span<const ChainRecord> chains, std::span<const ChainId>, Outlives) {
  if (!chains.empty()) return Error{ErrorKind::Internal, "A chain of a job that sends nothing.", ""};
  if (batch == nullptr) return {};
  const OutcomeCounts decided = decided_rows(*batch);
  const std::lock_guard lock(mutex_);
  if (batch->seq < next_) return Error{ErrorKind::Internal, "Batch " + std::to_string(batch->seq) + " of a job that sends nothing was saved before.", ""};
  next_ = batch->seq + 1;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) counts_.by[i] += decided.by[i];
  return {};
}

Result<std::optional<BatchRecord>> UnkeptJournal::batch(std::uint64_t) { return std::optional<BatchRecord>(); }

Result<void> UnkeptJournal::for_each_batch(const std::function<bool(const BatchRecord&)>&, Reads, std::uint64_t) { return {}; }

Result<std::vector<ChainRecord>> UnkeptJournal::chains() { return std::vector<ChainRecord>(); }

}  // namespace switchboard::ledger
