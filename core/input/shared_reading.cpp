#include "core/input/shared_reading.h"

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace switchboard::input {
namespace {

constexpr std::size_t kChunkRecords = 256;
constexpr std::size_t kChunkBytes = std::size_t{256} << 10;
constexpr std::size_t kMaxChunks = 64;

/// Some records in a row, copied out of the reader, and how the reader stood after them.
struct Chunk {
  struct Span {
    std::size_t begin = 0, size = 0;
    bool absent = false;
  };
  struct Copy {
    Record record;  ///< numbers only
    std::optional<Issue> issue;
    std::vector<Span> cells;
  };

  std::string bytes;
  std::vector<Copy> records;
  LineCounts lines;
  std::uint64_t bytes_read = 0;
  bool last = false;             ///< nothing comes after it
  std::optional<Error> failure;  ///< of the record after its last
  std::vector<std::string> warnings;

  Span keep(std::string_view text) {
    const Span span{bytes.size(), text.size(), is_absent(text)};
    bytes += text;
    return span;
  }
  void add(const Record& record) {
    Copy copy;
    copy.record.row = record.row;
    copy.record.line = record.line;
    copy.record.byte_begin = record.byte_begin;
    copy.record.byte_end = record.byte_end;
    if (record.issue != nullptr) copy.issue = *record.issue;
    copy.cells.reserve(record.cells.size());
    for (const auto cell : record.cells) copy.cells.push_back(keep(cell));
    records.push_back(std::move(copy));
  }
  std::string_view text(const Span& span) const {
    return span.absent ? std::string_view() : std::string_view(bytes).substr(span.begin, span.size);
  }
  void show(std::size_t index, Record& record) const {
    const Copy& copy = records[index];
    record.row = copy.record.row;
    record.line = copy.record.line;
    record.byte_begin = copy.record.byte_begin;
    record.byte_end = copy.record.byte_end;
    record.issue = copy.issue ? &*copy.issue : nullptr;
    record.cells.clear();
    for (const auto& cell : copy.cells) record.cells.push_back(text(cell));
  }
};

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
  std::shared_ptr<const Chunk> chunk(std::uint64_t number) {
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
  std::shared_ptr<const Chunk> read_chunk() {
    auto chunk = std::make_shared<Chunk>();
    while (chunk->records.size() < kChunkRecords && chunk->bytes.size() < kChunkBytes) {
      auto more = reader_->next(record_);
      if (more && *more) {
        chunk->add(record_);
        continue;
      }
      chunk->last = true;
      if (!more) chunk->failure = more.error();
      chunk->warnings = reader_->warnings();
      break;
    }
    chunk->lines = reader_->lines();
    chunk->bytes_read = reader_->bytes_read();
    return chunk;
  }

  std::mutex mutex_;
  std::unique_ptr<RecordReader> reader_;
  Record record_;
  std::uint64_t first_ = 0;  ///< number of the first chunk at hand
  std::deque<std::shared_ptr<const Chunk>> chunks_;  ///< shared: a reader may be in one that was dropped here
};

namespace {

class SharedReader final : public RecordReader {
 public:
  SharedReader(const Source& source, std::shared_ptr<SharedReading::Reading> reading)
      : source_(source), reading_(std::move(reading)) {}

  Result<bool> next(Record& record) override {
    while (!alone_) {
      if (chunk_ && index_ < chunk_->records.size()) {
        chunk_->show(index_++, record);
        ++given_;
        return true;
      }
      if (chunk_ && chunk_->failure) return *chunk_->failure;
      if (chunk_ && chunk_->last) return false;
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
    return alone_ ? alone_->lines() : chunk_ ? chunk_->lines : none;
  }
  std::uint64_t bytes_read() const override { return alone_ ? alone_->bytes_read() : chunk_ ? chunk_->bytes_read : 0; }
  const std::vector<std::string>& warnings() const override {
    return alone_ ? alone_->warnings() : chunk_ ? chunk_->warnings : RecordReader::warnings();
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
  std::shared_ptr<const Chunk> chunk_;
  std::uint64_t number_ = 0;  ///< of the next chunk
  std::size_t index_ = 0;     ///< of the next record in the chunk
  std::uint64_t given_ = 0;
  std::unique_ptr<RecordReader> alone_;
};

}  // namespace

Result<std::unique_ptr<RecordReader>> SharedReading::read() const {
  const std::lock_guard lock(mutex_);
  if (!current_ || !current_->has_beginning()) {
    auto reader = source_.read();
    if (!reader) return reader.error();
    current_ = std::make_shared<Reading>(std::move(*reader));
  }
  return std::unique_ptr<RecordReader>(std::make_unique<SharedReader>(source_, current_));
}

}  // namespace switchboard::input
