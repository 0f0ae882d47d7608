#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "host/engine/chain/live_batch.h"

namespace switchboard::engine {

/// Who is told of batches that nobody holds any more; nullptr: nobody.
struct BatchEnds {
  std::function<void(ledger::BatchRecord&&)> done;      ///< of those that the ledger has as they are
  std::function<void(std::uint64_t before)> settled;    ///< all below are done; called under a lock
};

/// Batches that are done, as the beginnings of the next: a batch of a hundred rows is 110 pieces of memory, which the planner's thread would
/// take and a sender's give back. It knows which are out, and so which are settled. Thread-safe.
class BatchPool {
 public:
  explicit BatchPool(BatchEnds ends = {}) : idle_(std::make_shared<Idle>(std::move(ends))) {}

  /// An empty batch of that number, which is above that of every one before. It comes back by itself, and may outlive the pool.
  std::shared_ptr<LiveBatch> take(std::uint64_t seq) {
    auto batch = idle_->take(seq);
    if (!batch) batch = std::make_unique<LiveBatch>();
    batch->record.seq = seq;
    return {batch.release(), [idle = idle_, seq](LiveBatch* done) { idle->keep(std::unique_ptr<LiveBatch>(done), seq); }};
  }

 private:
  class Idle {
   public:
    explicit Idle(BatchEnds ends) : ends_(std::move(ends)) {}

    std::unique_ptr<LiveBatch> take(std::uint64_t seq) {
      const std::lock_guard lock(mutex_);
      out_.insert(out_.end(), seq);
      next_ = seq + 1;
      if (batches_.empty()) return nullptr;
      auto batch = std::move(batches_.back());
      batches_.pop_back();
      return batch;
    }
    void keep(std::unique_ptr<LiveBatch> batch, std::uint64_t seq) {
      constexpr std::size_t kMostContacts = 2'000, kMostBatches = 64;  // of larger ones making them anew is a small part
      if (ends_.done && batch->saved && !batch->changed) ends_.done(std::move(batch->record));
      const bool again = batch->values.size() <= kMostContacts;
      if (again) batch->begin_anew();
      const std::lock_guard lock(mutex_);
      if (again && batches_.size() < kMostBatches) batches_.push_back(std::move(batch));
      const bool was_first = *out_.begin() == seq;
      out_.erase(seq);
      if (was_first && ends_.settled) ends_.settled(out_.empty() ? next_ : *out_.begin());
    }

   private:
    const BatchEnds ends_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<LiveBatch>> batches_;
    std::set<std::uint64_t> out_;
    std::uint64_t next_ = 0;  ///< above all that were taken
  };
  const std::shared_ptr<Idle> idle_;
};

}  // namespace switchboard::engine
