#include "core/input/handover/shared_reading.h"

#include <deque>
#include <utility>
#include <vector>

#include "core/input/handover/record_chunk.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kMaxChunks = 64;

}  // namespace

/// The reader that all share, and its latest chunks.
class SharedReading::Reading {
 public:
  explicit Reading(std::unique_ptr<RecordReader> reader) : reader_(std::move(reader)) {}

  bool has_beginning() {
    const std::lock_guard lock(mutex_);
    return first_ == 0;
  }

  /// nullptr: it is no longer at hand. Reads on where nobody has read that far.
  std::shared_ptr<const RecordChunk> chunk(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    if (number < first_) return nullptr;
    if (number - first_ == chunks_.size()) {
      if (chunks_.size() == kMaxChunks) {
        chunks_.pop_front();
        ++first_;
      }
      chunks_.push_back(read_chunk());
    }
    return chunks_[static_cast<std::size_t>(number - first_)];
  }

 private:
  std::shared_ptr<const RecordChunk> read_chunk() {
    auto chunk = std::make_shared<RecordChunk>();
    chunk->fill(*reader_);
    return chunk;
  }

  std::mutex mutex_;
  std::unique_ptr<RecordReader> reader_;
  std::uint64_t first_ = 0;  ///< number of the first chunk at hand
  std::deque<std::shared_ptr<const RecordChunk>> chunks_;  ///< shared: a reader may be in one that was dropped here
};

namespace {

class SharedReader final : public RecordReader {
 public:
  SharedReader(const Source& source, std::shared_ptr<SharedReading::Reading> reading)
      : source_(source), reading_(std::move(reading)) {}

  Result<bool> next(Record& record) override {
    while (!alone_) {
      if (chunk_ && index_ < chunk_->size()) {
        chunk_->show(index_++, record);
        ++given_;
        return true;
      }
      if (chunk_ && chunk_->failure()) return *chunk_->failure();
      if (chunk_ && chunk_->is_last()) return false;
      auto following = reading_->chunk(number_);
      if (following == nullptr) {
        if (auto done = leave(); !done) return done.error();
        break;
      }
      chunk_ = std::move(following);
      ++number_;
      index_ = 0;
    }
    return alone_->next(record);
  }

  const LineCounts& lines() const override {
    static const LineCounts none;
    return alone_ ? alone_->lines() : chunk_ ? chunk_->lines() : none;
  }
  std::uint64_t bytes_read() const override { return alone_ ? alone_->bytes_read() : chunk_ ? chunk_->bytes_read() : 0; }
  const std::vector<std::string>& warnings() const override {
    return alone_ ? alone_->warnings() : chunk_ ? chunk_->warnings() : RecordReader::warnings();
  }

 private:
  /// Too far behind: goes on with a reader of its own.
  Result<void> leave() {
    auto own = source_.read();
    if (!own) return own.error();
    Record passed;
    for (std::uint64_t i = 0; i < given_; ++i) {
      if (auto more = (*own)->next(passed); !more) return more.error();
    }
    alone_ = std::move(*own);
    chunk_.reset();
    reading_.reset();
    return {};
  }

  const Source& source_;
  std::shared_ptr<SharedReading::Reading> reading_;
  std::shared_ptr<const RecordChunk> chunk_;
  std::uint64_t number_ = 0;  ///< of the next chunk
  std::size_t index_ = 0;     ///< of the next record in the chunk
  std::uint64_t given_ = 0;
  std::unique_ptr<RecordReader> alone_;
};

}  // namespace

Result<std::unique_ptr<RecordReader>> SharedReading::read() const {
  if (readers_ < 2) return source_.read();
  const std::lock_guard lock(mutex_);
  if (!current_ || !current_->has_beginning()) {
    auto reader = source_.read();
    if (!reader) return reader.error();
    current_ = std::make_shared<Reading>(std::move(*reader));
  }
  return std::unique_ptr<RecordReader>(std::make_unique<SharedReader>(source_, current_));
}

}  // namespace switchboard::input
