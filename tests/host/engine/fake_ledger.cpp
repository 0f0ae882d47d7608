#include "tests/host/engine/fake_ledger.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/ledger/contacts_of_rows.h"

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

void FakeLedger::keep(Write write, ledger::Outlives outlives) {
  on_its_way_.push_back(std::move(write));
  if (outlives == ledger::Outlives::Process) return;
  for (const auto& each : on_its_way_) bring_to_disk(each);
  on_its_way_.clear();
}

void FakeLedger::bring_to_disk(const Write& write) {
  auto chains = write.chains;
  // To whoever does not know that it did not leave.
  for (auto& chain : chains)
    if (chain.phase == ledger::ChainPhase::Cleared) chain.phase = ledger::ChainPhase::Sending;
  if (write.job) (void)disk_->update(*write.job);
  else (void)disk_->save(write.batch ? &*write.batch : nullptr, chains, write.finished);
}

void FakeLedger::lose_memory() {
  for (std::size_t i = 0; i < std::min(*machine_keeps_, on_its_way_.size()); ++i) bring_to_disk(on_its_way_[i]);
  const auto chains = *disk_->chains();
  const auto copy = [&] {
    auto made = std::make_unique<ledger::testing::MemoryJournal>(*disk_->info());
    (void)disk_->for_each_batch([&](const ledger::BatchRecord& batch) { return bool(made->save(&batch, {}, {})); });
    (void)made->save(nullptr, chains, {});
    return made;
  };
  journal_ = copy();
  spans_.clear();
  (void)journal_->for_each_batch([&](const ledger::BatchRecord& batch) {
    spans_[batch.seq] = {batch.first_row, ledger::row_count(batch)};
    return true;
  });
}

void FakeLedger::revive() {
  const std::lock_guard lock(mutex_);
  if (dead_ && machine_keeps_) lose_memory();
  else for (const auto& each : on_its_way_) bring_to_disk(each);
  on_its_way_.clear();
  machine_keeps_.reset();
  dead_ = false;
  writes_ = 0;
  die_at_ = UINT64_MAX;
}

void FakeLedger::settled(std::uint64_t before) {
  const std::lock_guard lock(mutex_);
  if (before != 0 && before < settled_) broken_.push_back("what was settled is open again");
  settled_ = before;
  if (before == 0) done_.clear();
}

void FakeLedger::done(const ledger::BatchRecord& batch) {
  const auto written = journal_->batch(batch.seq);
  const std::lock_guard lock(mutex_);
  if (!written || !*written || !(**written == batch)) broken_.push_back("a batch that is done is not as it was written");
  if (!done_.insert(batch.seq).second) broken_.push_back("a batch is done twice");
}

bool FakeLedger::dead() const {
  const std::lock_guard lock(mutex_);
  return dead_;
}

std::uint64_t FakeLedger::writes() const {
  const std::lock_guard lock(mutex_);
  return writes_;
}

std::size_t FakeLedger::cleared() const {
  const std::lock_guard lock(mutex_);
  return cleared_.size();
}

bool FakeLedger::dying() {
  if (dead_) return true;
  if (writes_++ < die_at_) return false;
  dead_ = true;
  return !durable_;
}

Error FakeLedger::dead_error() const { return {ErrorKind::Storage, "the ledger is gone", ""}; }

void FakeLedger::check(const ledger::BatchRecord& batch) {
  const auto n = ledger::row_count(batch);
  if (n == 0) broken_.push_back("a batch without rows");
  if (batch.seq < settled_) broken_.push_back("a batch changes that is settled");
  if (done_.contains(batch.seq)) broken_.push_back("a batch changes that is done");
  for (const auto& [seq, span] : spans_) {
    if (seq == batch.seq) continue;
    const bool before = span.first + span.second <= batch.first_row;
    const bool after = batch.first_row + n <= span.first;
    if (!(seq < batch.seq ? before : after)) broken_.push_back("batches overlap or are out of order");
  }
  spans_[batch.seq] = {batch.first_row, n};
  if (const auto old = *journal_->batch(batch.seq)) {
    for (std::size_t i = 0; i < batch.rows.size() && i < old->rows.size(); ++i) {
      const auto was = old->rows[i].outcome, is = batch.rows[i].outcome;
      if ((is_delivered(was) || was == Outcome::Skipped) && is != was)
        broken_.push_back("a final outcome changed");
    }
  }
}

std::vector<RowOutcome> FakeLedger::rows() {
  std::vector<RowOutcome> all(journal_->info()->rows_read);
  (void)journal_->for_each_batch([&](const ledger::BatchRecord& batch) {
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      if (batch.first_row - 1 + i < all.size()) all[batch.first_row - 1 + i] = batch.rows[i];
    }
    return true;
  });
  return all;
}

std::map<std::string, Outcome> FakeLedger::by_row() {
  std::map<std::string, Outcome> all;
  (void)journal_->for_each_batch([&](const ledger::BatchRecord& batch) {
    const auto ids = ledger::row_ids(batch);
    for (std::size_t i = 0; i < ids.size(); ++i) all[ids[i].text()] = batch.rows[i].outcome;
    return true;
  });
  return all;
}

Result<void> FakeLedger::update(const ledger::JobInfo& job) {
  const std::lock_guard lock(mutex_);
  if (dying()) return dead_error();
  if (auto done = journal_->update(job); !done) return done;
  keep({.job = job, .batch = {}, .chains = {}, .finished = {}}, ledger::Outlives::Machine);
  if (dead_) return dead_error();
  return {};
}

Result<OutcomeCounts> FakeLedger::counts() {
  auto counts = journal_->counts();
  const std::lock_guard lock(mutex_);
  if (!counts) broken_.push_back(counts.error().message);
  return counts;
}

Result<void> FakeLedger::save(const ledger::BatchRecord* batch, std::span<const ledger::ChainRecord> chains,
                              std::span<const ledger::ChainId> finished, ledger::Outlives outlives) {
  if (on_save) on_save();
  const std::lock_guard lock(mutex_);
  if (dying()) return dead_error();
  if (batch != nullptr) check(*batch);
  if (auto done = journal_->save(batch, chains, finished); !done) broken_.push_back(done.error().message);
  for (const auto& chain : chains) {
    if (chain.phase == ledger::ChainPhase::Cleared) cleared_.insert({chain.batch, chain.chain});
    else cleared_.erase({chain.batch, chain.chain});
  }
  Write write{.job = {}, .batch = {}, .chains = {chains.begin(), chains.end()}, .finished = {finished.begin(), finished.end()}};
  if (batch != nullptr) write.batch = *batch;
  keep(std::move(write), outlives);
  if (dead_) return dead_error();
  return {};
}

Result<std::optional<ledger::BatchRecord>> FakeLedger::batch(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  if (dead_) return dead_error();
  return journal_->batch(seq);
}

Result<void> FakeLedger::for_each_sent(const ledger::JobInfo&, std::int64_t,
                                       const std::function<void(const Fingerprint&, bool)>& visit) {
  for (const auto& [content, delivered] : earlier_) visit(content, delivered);
  return {};
}

}  // namespace switchboard::engine::test
