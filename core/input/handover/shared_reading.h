#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/input/source.h"

namespace switchboard::input {

/// A source that several readers, each on a thread of its own, read at the same time with one reading of the file: whoever
/// is first reads on, the others get what was read. A reader that falls further behind than some 16,000 records (or
/// 16 MiB) reads on by itself, so that a slow one never holds a fast one and memory does not grow. The source outlives it. Jobs read
/// through it whether they are one or many.
class SharedReading final : public Source {
 public:
  /// `readers`: how many will read at the same time; a single one gets the source's own reader, with nothing copied.
  explicit SharedReading(const Source& source, std::size_t readers = 2) : source_(source), readers_(readers) {}

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
  const std::size_t readers_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<Reading> current_;  ///< shared with its readers, which may outlast it here
};

}  // namespace switchboard::input
