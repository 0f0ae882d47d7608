#include "core/ledger/memory/memory_journal.h"

#include "core/ledger/packing/pack.h"

namespace switchboard::ledger {

Result<BatchRecord> MemoryJournal::unpacked(const Batch& kept) {
  const auto& [changing, fixed] = kept;
  BatchColumns columns{changing.seq, changing.first_row, changing.row_count, changing.contacts, fixed.parts,
                       fixed.lines,  changing.outcomes,  fixed.warnings,     fixed.identity,    fixed.content};
  columns.has_fingerprints = !fixed.content.empty();
  auto batch = unpack_batch(columns);
  if (!batch) return Error{ErrorKind::Internal, "Batch " + std::to_string(columns.seq) + " cannot be read back.", ""};
  return std::move(*batch);
}

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
  OutcomeCounts counts;
  for (const auto& [seq, batch] : batches_) {
    for (std::size_t i = 0; i < kOutcomeCount; ++i) counts.by[i] += batch.changing.counts.by[i];
  }
  return with_pending(info_.id, info_.rows_read, counts);
}

Result<void> MemoryJournal::save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                                 std::span<const ChainId> finished) {
  std::optional<PackedOutcomes> packed;
  if (batch != nullptr) {
    auto packing = pack_outcomes_of(*batch);
    if (!packing) return packing.error();
    packed = std::move(*packing);
  }
  const std::lock_guard lock(mutex_);
  for (const auto& chain : chains) {
    if (!batches_.contains(chain.batch) && (!packed || packed->seq != chain.batch))
      return Error{ErrorKind::Internal, "A chain of batch " + std::to_string(chain.batch) + ", which there is not.", ""};
  }
  if (packed) {
    const auto [place, is_new] = batches_.try_emplace(packed->seq);
    auto& kept = place->second;
    if (!is_new && (kept.changing.first_row != packed->first_row || kept.changing.row_count != packed->row_count ||
                    kept.changing.contacts != packed->contacts))
      return Error{ErrorKind::Internal, "Batch " + std::to_string(packed->seq) + " has other rows than before.", ""};
    kept.changing = std::move(*packed);
    if (is_new) {
      kept.fixed = keeps_ == Keeps::NoFingerprints ? pack_fixed_without_fingerprints(*batch) : pack_fixed(*batch);
    }
  }
  for (const auto& chain : chains) chains_[{chain.batch, chain.chain}] = chain;
  for (const auto& id : finished) chains_.erase({id.batch, id.chain});
  return {};
}

std::optional<MemoryJournal::Batch> MemoryJournal::next(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto found = batches_.lower_bound(seq);
  return found == batches_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<BatchRecord>> MemoryJournal::batch(std::uint64_t seq) {
  const auto found = next(seq);
  if (!found || found->changing.seq != seq) return std::optional<BatchRecord>();
  auto batch = unpacked(*found);
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

// No lock while `visit` runs: it may call the journal.
Result<void> MemoryJournal::for_each_batch(const std::function<bool(const BatchRecord&)>& visit) {
  for (auto found = next(0); found; found = next(found->changing.seq + 1)) {
    auto batch = unpacked(*found);
    if (!batch) return batch.error();
    if (!visit(*batch)) break;
  }
  return {};
}

Result<std::vector<ChainRecord>> MemoryJournal::chains() {
  const std::lock_guard lock(mutex_);
  std::vector<ChainRecord> all;
  for (const auto& [id, chain] : chains_) all.push_back(chain);
  return all;
}

}  // namespace switchboard::ledger
