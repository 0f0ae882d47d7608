#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "core/mapping/manifest/manifest.h"
#include "host/engine/job/options.h"

namespace switchboard::engine {

/// How many rows a request may carry at first.
inline std::size_t first_batch_size(const mapping::Limits& limits, const RunOptions& options) {
  auto size = std::max<std::uint64_t>(1, limits.records_per_request);
  if (options.batch_size) size = std::min(size, std::max<std::uint64_t>(1, *options.batch_size));
  return static_cast<std::size_t>(size);
}

/// How many rows a request carries at most: what the connector asks to shrink, and what proved too much. Thread-safe.
class BatchSize {
 public:
  explicit BatchSize(std::size_t rows) : rows_(rows) {}

  std::size_t load() const {
    const std::lock_guard lock(mutex_);
    return rows_;
  }
  void at_most(std::size_t rows) {
    const std::lock_guard lock(mutex_);
    rows_ = std::min(rows_, rows);
  }
  /// The vendor answered a request of so many rows.
  void answered(std::size_t rows) {
    const std::lock_guard lock(mutex_);
    if (rows >= rows_) unanswered_ = 0;
  }
  /// The answer to one was lost, and rows of it were not stored. Once is bad luck; a second time with no full request
  /// answered between is its size.
  void cut_short(std::size_t rows) {
    const std::lock_guard lock(mutex_);
    if (rows < rows_ || rows < 2 || ++unanswered_ < 2) return;
    rows_ = (rows_ + 1) / 2;
    unanswered_ = 0;
  }

 private:
  mutable std::mutex mutex_;
  std::size_t rows_;
  int unanswered_ = 0;
};

}  // namespace switchboard::engine
