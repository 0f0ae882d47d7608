#include "core/ledger/memory/memory_journal.h"

#include "core/ledger/packing/pack.h"

namespace switchboard::ledger {
namespace {

Result<BatchRecord> unpacked(const PackedBatch& packed) {
  BatchColumns columns = packed.columns();
  std::string none;
  if (columns.content.empty()) {
    none = pack_fingerprints(std::vector<Fingerprint>(static_cast<std::size_t>(packed.row_count)));
    columns.identity = columns.content = none;
  }
  auto batch = unpack_batch(columns);
  if (!batch) return Error{ErrorKind::Internal, "Batch " + std::to_string(packed.seq) + " cannot be read back.", ""};
  return std::move(*batch);
}

}  // namespace

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
    for (std::size_t i = 0; i < kOutcomeCount; ++i) counts.by[i] += batch.counts.by[i];
  }
  return with_pending(info_.id, info_.rows_read, counts);
}

Result<void> MemoryJournal::save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                                 std::span<const ChainId> finished) {
  std::optional<PackedBatch> packed;
  if (batch != nullptr) {
    auto packing = pack_batch(*batch);
    if (!packing) return packing.error();
    packed = std::move(*packing);
    if (keeps_ == Keeps::NoFingerprints) {
      packed->identity = std::string();
      packed->content = std::string();
    }
  }
  const std::lock_guard lock(mutex_);
  for (const auto& chain : chains) {
    if (!batches_.contains(chain.batch) && (!packed || packed->seq != chain.batch))
      return Error{ErrorKind::Internal, "A chain of batch " + std::to_string(chain.batch) + ", which there is not.", ""};
  }
  if (packed) {
    const auto seq = packed->seq;
    batches_[seq] = std::move(*packed);
  }
  for (const auto& chain : chains) chains_[{chain.batch, chain.chain}] = chain;
  for (const auto& id : finished) chains_.erase({id.batch, id.chain});
  return {};
}

std::optional<PackedBatch> MemoryJournal::next(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto found = batches_.lower_bound(seq);
  return found == batches_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<BatchRecord>> MemoryJournal::batch(std::uint64_t seq) {
  const auto found = next(seq);
  if (!found || found->seq != seq) return std::optional<BatchRecord>();
  auto batch = unpacked(*found);
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

// No lock while `visit` runs: it may call the journal.
Result<void> MemoryJournal::for_each_batch(const std::function<bool(const BatchRecord&)>& visit) {
  for (auto found = next(0); found; found = next(found->seq + 1)) {
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
