#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/input/source.h"

namespace switchboard::input {

/// A source that several readers, each on a thread of its own, read at the same time with one reading of the file: whoever
/// is first reads on, the others get what was read. A reader that falls further behind than some 16,000 records (or
/// 16 MiB) reads on by itself, so that a slow one never holds a fast one and memory does not grow. The source outlives it.
class SharedReading final : public Source {
 public:
  explicit SharedReading(const Source& source) : source_(source) {}

  const SourceInfo& info() const override { return source_.info(); }
  /// Joins the reading that is going on while its first record is still at hand; else begins a new one. Thread-safe.
  Result<std::unique_ptr<RecordReader>> read() const override;
  Result<std::unique_ptr<ByteStore>> bytes() const override { return source_.bytes(); }
  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override {
    return source_.write_rejects(path);
  }

  class Reading;

 private:
  const Source& source_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<Reading> current_;  ///< shared with its readers, which may outlast it here
};

}  // namespace switchboard::input
