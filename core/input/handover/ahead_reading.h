#pragma once

#include <memory>
#include <string>

#include "core/input/source.h"

namespace switchboard::input {

/// A source whose records are read by a thread of their own, some chunks before whoever asks for them: for users that have work of
/// their own to do with each record. What a reader says of its records, errors and warnings is what the source's own would. Where no
/// thread can be had, it is the source's own. The source outlives it.
class AheadReading final : public Source {
 public:
  explicit AheadReading(const Source& source) : source_(source) {}

  const SourceInfo& info() const override { return source_.info(); }
  Result<std::unique_ptr<RecordReader>> read() const override;
  Result<std::unique_ptr<ByteStore>> bytes() const override { return source_.bytes(); }
  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override { return source_.write_rejects(path); }

 private:
  const Source& source_;
};

}  // namespace switchboard::input
