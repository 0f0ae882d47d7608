#include "host/jobs/outcome_pass.h"

#include <algorithm>
#include <system_error>

namespace switchboard::jobs {
namespace {

/// Batches at once: each reading begins and ends a transaction.
constexpr std::uint64_t kBatchesAtOnce = 64;
/// Contacts that wait to be taken, some hundred bytes each: batches have a hundred of them, or ten thousand. Where more come they are read back.
constexpr std::size_t kMostGiven = 25'600;

}  // namespace

OutcomePass::~OutcomePass() { stop(); }

void OutcomePass::follow() {
  try {
    thread_ = std::thread([this] { work(); });
  } catch (const std::system_error&) {
    // It is slower by what could have been done meanwhile.
  }
}

void OutcomePass::settled(std::uint64_t before) {
  {
    const std::lock_guard lock(mutex_);
    settled_ = std::max(settled_, before);
    if (settled_ < wanted_) return;
  }
  changed_.notify_one();
}

void OutcomePass::work() {
  while (true) {
    std::uint64_t before = 0;
    {
      std::unique_lock lock(mutex_);
      wanted_ = next_ + kBatchesAtOnce;
      changed_.wait(lock, [this] { return stopped_ || settled_ >= wanted_; });
      if (stopped_) return;
      before = settled_;
    }
    if (!take_before(before)) return;
  }
}

void OutcomePass::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void OutcomePass::give(ledger::BatchRecord&& batch) {
  const std::lock_guard lock(mutex_);
  if (given_contacts_ + batch.rows.size() > kMostGiven) return;
  given_contacts_ += batch.rows.size();
  given_.emplace(batch.seq, std::move(batch));
}

std::optional<ledger::BatchRecord> OutcomePass::given(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  auto batch = given_.extract(seq);
  if (!batch) return std::nullopt;
  given_contacts_ -= batch.mapped().rows.size();
  return std::optional(std::move(batch.mapped()));
}

std::uint64_t OutcomePass::next_given(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto next = given_.lower_bound(seq);
  return next == given_.end() ? UINT64_MAX : next->first;
}

void OutcomePass::take(const ledger::BatchRecord& batch) {
  if (trouble_) return;
  next_ = batch.seq + 1;
  summary_.add(batch);
  if (auto done = rejects_.add(batch); !done) trouble_ = done.error();
}

bool OutcomePass::take_before(std::uint64_t before) {
  while (!trouble_ && next_ < before) {
    if (const auto batch = given(next_))
      take(*batch);
    else
      read_before(std::min(before, next_given(next_)));
  }
  return !trouble_;
}

void OutcomePass::read_before(std::uint64_t before) {
  const auto visit = [&](const ledger::BatchRecord& batch) {
    if (batch.seq >= before) return false;
    take(batch);
    return !trouble_;
  };
  if (auto done = journal_.for_each_batch(visit, ledger::Reads::NoFingerprints, next_); !done && !trouble_) trouble_ = done.error();
  next_ = std::max(next_, before);
}

Result<bool> OutcomePass::finish() {
  stop();
  if (trouble_ || !take_before(UINT64_MAX)) return *trouble_;
  return rejects_.finish();
}

}  // namespace switchboard::jobs
