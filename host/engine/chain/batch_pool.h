#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "host/engine/chain/live_batch.h"

namespace switchboard::engine {

/// Batches that are done, as the beginnings of the next: a batch of a hundred rows is 110 pieces of memory, which the planner's thread would
/// take and a sender's give back. Thread-safe.
class BatchPool {
 public:
  /// An empty batch. It comes back by itself, and may outlive the pool.
  std::shared_ptr<LiveBatch> take() {
    auto batch = idle_->take();
    if (!batch) batch = std::make_unique<LiveBatch>();
    return {batch.release(), [idle = idle_](LiveBatch* done) { idle->keep(std::unique_ptr<LiveBatch>(done)); }};
  }

 private:
  class Idle {
   public:
    std::unique_ptr<LiveBatch> take() {
      const std::lock_guard lock(mutex_);
      if (batches_.empty()) return nullptr;
      auto batch = std::move(batches_.back());
      batches_.pop_back();
      return batch;
    }
    void keep(std::unique_ptr<LiveBatch> batch) {
      constexpr std::size_t kMostContacts = 2'000, kMostBatches = 64;  // of larger ones making them anew is a small part
      if (batch->values.size() > kMostContacts) return;
      batch->begin_anew();
      const std::lock_guard lock(mutex_);
      if (batches_.size() < kMostBatches) batches_.push_back(std::move(batch));
    }

   private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<LiveBatch>> batches_;
  };
  const std::shared_ptr<Idle> idle_ = std::make_shared<Idle>();
};

}  // namespace switchboard::engine
