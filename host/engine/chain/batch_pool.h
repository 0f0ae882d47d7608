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

/// Batches that are done, as the beginnings of the next: a batch of a hundred rows is 110 pieces of memory, which the planner's thread would
/// take and a sender's give back. It knows which are out, and so which are settled. Thread-safe.
class BatchPool {
 public:
  /// `settled`: RunOptions::on_settled; nullptr: nobody asks. Called under a lock.
  explicit BatchPool(std::function<void(std::uint64_t before)> settled = nullptr) : idle_(std::make_shared<Idle>(std::move(settled))) {}

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
    explicit Idle(std::function<void(std::uint64_t)> settled) : settled_(std::move(settled)) {}

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
      const bool again = batch->values.size() <= kMostContacts;
      if (again) batch->begin_anew();
      const std::lock_guard lock(mutex_);
      if (again && batches_.size() < kMostBatches) batches_.push_back(std::move(batch));
      const bool was_first = *out_.begin() == seq;
      out_.erase(seq);
      if (was_first && settled_) settled_(out_.empty() ? next_ : *out_.begin());
    }

   private:
    const std::function<void(std::uint64_t)> settled_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<LiveBatch>> batches_;
    std::set<std::uint64_t> out_;
    std::uint64_t next_ = 0;  ///< above all that were taken
  };
  const std::shared_ptr<Idle> idle_;
};

}  // namespace switchboard::engine
