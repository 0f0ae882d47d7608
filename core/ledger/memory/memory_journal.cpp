#include "core/ledger/memory/memory_journal.h"

#include <cstring>

#include "core/ledger/contacts_of_rows.h"

namespace switchboard::ledger {

Result<BatchRecord> MemoryJournal::unpacked(const Found& found) const {
  std::string_view left = found.columns;
  Sizes sizes;
  std::memcpy(&sizes, left.data(), sizeof sizes);
  left.remove_prefix(sizeof sizes);
  const Batch& kept = found.batch;
  const auto take = [&](std::uint32_t size) {
    const auto column = left.substr(0, size);
    left.remove_prefix(column.size());
    return column;
  };
  BatchColumns columns{found.seq, kept.first_row, kept.row_count, kept.contacts, take(sizes.outcomes), {}, keeps_ == Keeps::Everything};
  for (std::size_t i = 0; i < sizes.fixed.size(); ++i) columns.fixed.each[i] = take(sizes.fixed[i]);
  auto batch = unpack_batch(columns);
  if (!batch) return Error{ErrorKind::Internal, "Batch " + std::to_string(found.seq) + " cannot be read back.", ""};
  return std::move(*batch);
}

void MemoryJournal::keep(std::uint64_t seq, Batch& batch, const PackedOutcomes& changing, const PackedFixed& fixed) {
  if (const auto old = columns_.find(seq); old != columns_.end()) {
    bytes_ -= old->second.size();
    columns_.erase(old);
  }
  Sizes sizes{.outcomes = static_cast<std::uint32_t>(changing.outcomes.size())};
  std::size_t all = sizeof sizes + changing.outcomes.size();
  for (std::size_t i = 0; i < fixed.each.size(); ++i) {
    sizes.fixed[i] = static_cast<std::uint32_t>(fixed.each[i].size());
    all += fixed.each[i].size();
  }
  std::string columns;
  columns.reserve(all);
  columns.append(reinterpret_cast<const char*>(&sizes), sizeof sizes);
  columns += changing.outcomes;
  for (const std::string& column : fixed.each) columns += column;
  batch.size = 0;
  if (bytes_ + columns.size() > most_bytes_ && scratch_ != nullptr && !in_memory_) {
    if (!file_) file_ = scratch_->open();
    const auto written = file_ ? file_->append(columns) : Result<std::uint64_t>(Error{});
    if (written) {
      batch.offset = *written;
      batch.size = static_cast<std::uint32_t>(columns.size());
      return;
    }
    if (file_) scratch_->refused(written.error());
    in_memory_ = true;
  }
  bytes_ += columns.size();
  columns_.emplace(seq, std::move(columns));
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
  return with_pending(info_.id, info_.rows_read, counts_);
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
    OutcomeCounts before;
    if (!is_new) {
      if (kept.first_row != packed->first_row || kept.row_count != packed->row_count || kept.contacts != packed->contacts)
        return Error{ErrorKind::Internal, "Batch " + std::to_string(packed->seq) + " has other rows than before.", ""};
      const auto as_it_was = read_back(packed->seq, kept);
      if (!as_it_was) return as_it_was.error();
      const auto old = unpacked(*as_it_was);
      if (!old) return old.error();
      before = decided_rows(*old);
    }
    for (std::size_t i = 0; i < kOutcomeCount; ++i) counts_.by[i] += packed->counts.by[i] - before.by[i];
    kept.first_row = packed->first_row;
    kept.row_count = static_cast<std::uint32_t>(packed->row_count);
    kept.contacts = static_cast<std::uint32_t>(packed->contacts);
    keep(packed->seq, kept, *packed, fixed);
  }
  for (const auto& chain : chains) chains_[{chain.batch, chain.chain}] = chain;
  for (const auto& id : finished) chains_.erase({id.batch, id.chain});
  return {};
}

Result<MemoryJournal::Found> MemoryJournal::read_back(std::uint64_t seq, const Batch& batch) {
  Found found{seq, batch, {}};
  if (batch.size == 0) {
    found.columns = columns_.at(seq);
  } else {
    found.columns.resize(batch.size);
    if (auto done = file_->read(batch.offset, found.columns.data(), batch.size); !done) return done.error();
  }
  return found;
}

Result<std::optional<MemoryJournal::Found>> MemoryJournal::next(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto place = batches_.lower_bound(seq);
  if (place == batches_.end()) return std::optional<Found>();
  auto batch = read_back(place->first, place->second);
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

Result<std::optional<BatchRecord>> MemoryJournal::batch(std::uint64_t seq) {
  const auto at = next(seq);
  if (!at) return at.error();
  if (!*at || (*at)->seq != seq) return std::optional<BatchRecord>();
  auto batch = unpacked(**at);
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

// No lock while `visit` runs: it may call the journal.
Result<void> MemoryJournal::for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads, std::uint64_t from) {
  for (std::uint64_t seq = from;; ++seq) {
    const auto at = next(seq);
    if (!at) return at.error();
    if (!*at) return {};
    seq = (*at)->seq;
    auto batch = unpacked(**at);
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
