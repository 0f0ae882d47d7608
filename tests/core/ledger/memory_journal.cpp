#include "tests/core/ledger/memory_journal.h"

#include "core/ledger/contacts_of_rows.h"
#include "core/ledger/packing/packed_batch.h"

namespace switchboard::ledger::testing {

Result<JobInfo> MemoryJournal::info() {
  const std::lock_guard lock(mutex_);
  return info_;
}

Result<void> MemoryJournal::update(const JobInfo& info) {
  const std::lock_guard lock(mutex_);
  info_ = info;
  return {};
}

Result<OutcomeCounts> MemoryJournal::counts() {
  const std::lock_guard lock(mutex_);
  return with_pending(info_.id, info_.rows_read, counts_);
}

Result<void> MemoryJournal::save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                                 std::span<const ChainId> finished, Outlives) {
  const std::lock_guard lock(mutex_);
  for (const auto& chain : chains) {
    if (!batches_.contains(chain.batch) && (batch == nullptr || batch->seq != chain.batch))
      return Error{ErrorKind::Internal, "A chain of batch " + std::to_string(chain.batch) + ", which there is not.", ""};
  }
  if (batch != nullptr) {
    OutcomeCounts before;
    if (const auto old = batches_.find(batch->seq); old != batches_.end()) {
      if (old->second.first_row != batch->first_row || row_count(old->second) != row_count(*batch) || old->second.rows.size() != batch->rows.size())
        return Error{ErrorKind::Internal, "Batch " + std::to_string(batch->seq) + " has other rows than before.", ""};
      before = decided_rows(old->second);
    }
    if (const auto packed = pack_outcomes_of(*batch); !packed) return packed.error();  // as a file would say of one that is not whole
    const OutcomeCounts now = decided_rows(*batch);
    for (std::size_t i = 0; i < kOutcomeCount; ++i) counts_.by[i] += now.by[i] - before.by[i];
    batches_.insert_or_assign(batch->seq, *batch);
  }
  for (const auto& chain : chains) chains_[{chain.batch, chain.chain}] = chain;
  for (const auto& id : finished) chains_.erase({id.batch, id.chain});
  return {};
}

std::optional<BatchRecord> MemoryJournal::next(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto place = batches_.lower_bound(seq);
  return place == batches_.end() ? std::nullopt : std::optional(place->second);
}

Result<std::optional<BatchRecord>> MemoryJournal::batch(std::uint64_t seq) {
  auto found = next(seq);
  if (found && found->seq != seq) found.reset();
  return found;
}

// No lock while `visit` runs: it may call the journal.
Result<void> MemoryJournal::for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads, std::uint64_t from) {
  for (auto batch = next(from); batch; batch = next(batch->seq + 1)) {
    if (!visit(*batch)) return {};
  }
  return {};
}

Result<std::vector<ChainRecord>> MemoryJournal::chains() {
  const std::lock_guard lock(mutex_);
  std::vector<ChainRecord> all;
  for (const auto& [id, chain] : chains_) {
    all.push_back(chain);
    if (chain.phase == ChainPhase::Cleared) all.back().phase = ChainPhase::Ready;  // what is lost with the machine is all of it
  }
  return all;
}

}  // namespace switchboard::ledger::testing
