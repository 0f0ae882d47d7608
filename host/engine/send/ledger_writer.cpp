#include "host/engine/send/ledger_writer.h"

#include <algorithm>

namespace switchboard::engine {

Result<void> LedgerWriter::begin(std::uint64_t rows_total, const OutcomeCounts& contacts) {
  auto counts = ledger_.counts();
  if (!counts) return counts.error();
  const std::lock_guard lock(mutex_);
  counts_ = *counts;
  counts_[Outcome::Pending] = 0;
  contacts_ = contacts;
  rows_total_ = rows_total;
  before_ = counts_.sum() - counts_[Outcome::Failed] - counts_[Outcome::Unknown];
  return {};
}

bool LedgerWriter::save(LiveBatch& batch, std::span<const ledger::ChainRecord> chains,
                   std::span<const std::uint32_t> finished, Outlives outlives) {
  if (stop_.mode() == StopSwitch::Mode::Dead) return false;
  const bool whole = !batch.saved || batch.changed;
  if (!whole && chains.empty() && finished.empty()) return true;
  std::vector<ledger::ChainId> ends;
  for (const auto number : finished) ends.push_back({batch.record.seq, number});
  const auto done = ledger_.save(whole ? &batch.record : nullptr, chains, ends, outlives);
  if (!done) {
    stop_.die(done.error());
    return false;
  }
  if (!whole) return true;
  const auto now = counts_of(batch.record);
  const auto bad = [](const OutcomeCounts& c) { return c[Outcome::Rejected] + c[Outcome::Failed]; };
  {
    const std::lock_guard lock(mutex_);
    const auto& before = batch.counted;
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      counts_.by[i] += now.rows.by[i] - before.rows.by[i];
      contacts_.by[i] += now.contacts.by[i] - before.contacts.by[i];
    }
    if (now.contacts.sum() > before.contacts.sum()) decided_ms_ = clock_.steady_ms();
    if (bad(now.rows) > bad(before.rows)) errors_ += bad(now.rows) - bad(before.rows);
  }
  batch.counted = now;
  batch.saved = true;
  batch.changed = false;
  return true;
}

OutcomeCounts LedgerWriter::counts() const {
  const std::lock_guard lock(mutex_);
  auto counts = counts_;
  const auto known = counts.sum();
  counts[Outcome::Pending] = rows_total_ > known ? rows_total_ - known : 0;
  return counts;
}

OutcomeCounts LedgerWriter::contacts() const {
  const std::lock_guard lock(mutex_);
  return contacts_;
}

std::uint64_t LedgerWriter::decided_before() const {
  const std::lock_guard lock(mutex_);
  return before_;
}

std::int64_t LedgerWriter::decided_ms() const {
  const std::lock_guard lock(mutex_);
  return decided_ms_;
}

std::uint64_t LedgerWriter::errors() const {
  const std::lock_guard lock(mutex_);
  return errors_;
}

}  // namespace switchboard::engine
