#include "core/ledger/memory/memory_journal.h"

#include "core/ledger/packing/column_coding.h"

namespace switchboard::ledger {

Result<BatchRecord> MemoryJournal::unpacked(const Batch& kept) const {
  std::string_view left = kept.columns;
  const auto take = [&](std::uint32_t size) {
    const auto column = left.substr(0, size);
    left.remove_prefix(column.size());
    return column;
  };
  BatchColumns columns{kept.seq, kept.first_row, kept.row_count, kept.contacts, take(kept.outcomes_size), {}, keeps_ == Keeps::Everything};
  for (std::size_t i = 0; i < kept.fixed_sizes.size(); ++i) columns.fixed.each[i] = take(kept.fixed_sizes[i]);
  auto batch = unpack_batch(columns);
  if (!batch) return Error{ErrorKind::Internal, "Batch " + std::to_string(kept.seq) + " cannot be read back.", ""};
  return std::move(*batch);
}

void MemoryJournal::keep(Batch& batch, const PackedOutcomes& changing, const PackedFixed& fixed) {
  bytes_ -= batch.columns.size();
  batch.columns = changing.outcomes;
  batch.outcomes_size = static_cast<std::uint32_t>(changing.outcomes.size());
  for (std::size_t i = 0; i < fixed.each.size(); ++i) {
    batch.fixed_sizes[i] = static_cast<std::uint32_t>(fixed.each[i].size());
    batch.columns += fixed.each[i];
  }
  if (bytes_ + batch.columns.size() > most_bytes_ && scratch_ != nullptr && !in_memory_) {
    if (!file_) file_ = scratch_->open();
    auto written = file_ ? file_->append(batch.columns) : Result<std::uint64_t>(Error{});
    if (written) {
      batch.offset = *written;
      batch.columns = {};
    } else {
      if (file_) scratch_->refused(written.error());
      in_memory_ = true;
    }
  }
  batch.columns.shrink_to_fit();
  bytes_ += batch.columns.size();
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
    for (std::size_t i = 0; i < kOutcomeCount; ++i) counts.by[i] += batch.counts.by[i];
  }
  return with_pending(info_.id, info_.rows_read, counts);
}

Result<void> MemoryJournal::save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                                 std::span<const ChainId> finished, Outlives) {
  std::optional<PackedOutcomes> packed;
  PackedFixed fixed;
  if (batch != nullptr) {
    auto packing = pack_outcomes_of(*batch);
    if (!packing) return packing.error();
    packed = std::move(*packing);
    fixed = keeps_ == Keeps::NoFingerprints ? pack_fixed_without_fingerprints(*batch) : pack_fixed(*batch);
  }
  const std::lock_guard lock(mutex_);
  for (const auto& chain : chains) {
    if (!batches_.contains(chain.batch) && (!packed || packed->seq != chain.batch))
      return Error{ErrorKind::Internal, "A chain of batch " + std::to_string(chain.batch) + ", which there is not.", ""};
  }
  if (packed) {
    const auto [place, is_new] = batches_.try_emplace(packed->seq);
    auto& kept = place->second;
    if (!is_new && (kept.first_row != packed->first_row || kept.row_count != packed->row_count || kept.contacts != packed->contacts))
      return Error{ErrorKind::Internal, "Batch " + std::to_string(packed->seq) + " has other rows than before.", ""};
    kept.seq = packed->seq;
    kept.first_row = packed->first_row;
    kept.row_count = packed->row_count;
    kept.contacts = packed->contacts;
    kept.counts = packed->counts;
    keep(kept, *packed, fixed);
  }
  for (const auto& chain : chains) chains_[{chain.batch, chain.chain}] = chain;
  for (const auto& id : finished) chains_.erase({id.batch, id.chain});
  return {};
}

Result<std::optional<MemoryJournal::Batch>> MemoryJournal::next(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto found = batches_.lower_bound(seq);
  if (found == batches_.end()) return std::optional<Batch>();
  Batch batch = found->second;
  if (batch.columns.empty()) {
    std::size_t size = batch.outcomes_size;
    for (const auto column : batch.fixed_sizes) size += column;
    batch.columns.resize(size);
    if (size > 0) {
      if (auto done = file_->read(batch.offset, batch.columns.data(), size); !done) return done.error();
    }
  }
  return std::optional(std::move(batch));
}

Result<std::optional<BatchRecord>> MemoryJournal::batch(std::uint64_t seq) {
  const auto found = next(seq);
  if (!found) return found.error();
  if (!*found || (*found)->seq != seq) return std::optional<BatchRecord>();
  auto batch = unpacked(**found);
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

// No lock while `visit` runs: it may call the journal.
Result<void> MemoryJournal::for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads, std::uint64_t from) {
  for (std::uint64_t seq = from;; ++seq) {
    const auto found = next(seq);
    if (!found) return found.error();
    if (!*found) return {};
    seq = (*found)->seq;
    auto batch = unpacked(**found);
    if (!batch) return batch.error();
    if (!visit(*batch)) return {};
  }
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

}  // namespace switchboard::ledger
