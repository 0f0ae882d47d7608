#include "host/jobs/outcome_pass.h"

#include <algorithm>
#include <system_error>

namespace switchboard::jobs {
namespace {

/// Batches at once: each reading begins and ends a transaction.
constexpr std::uint64_t kBatches = 64;

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
      wanted_ = next_ + kBatches;
      changed_.wait(lock, [this] { return stopped_ || settled_ >= wanted_; });
      if (stopped_) return;
      before = settled_;
    }
    if (!read_before(before)) return;
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

void OutcomePass::take(const ledger::BatchRecord& batch) {
  if (trouble_) return;
  next_ = batch.seq + 1;
  summary_.add(batch);
  if (auto done = rejects_.add(batch); !done) trouble_ = done.error();
}

bool OutcomePass::read_before(std::uint64_t before) {
  const auto visit = [&](const ledger::BatchRecord& batch) {
    if (batch.seq >= before) return false;
    take(batch);
    return !trouble_;
  };
  if (auto done = journal_.for_each_batch(visit, ledger::Reads::NoFingerprints, next_); !done && !trouble_) trouble_ = done.error();
  return !trouble_;
}

Result<bool> OutcomePass::finish() {
  stop();
  if (trouble_ || !read_before(UINT64_MAX)) return *trouble_;
  return rejects_.finish();
}

}  // namespace switchboard::jobs
