#include "core/input/handover/ahead_reading.h"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/input/handover/record_chunk.h"

namespace switchboard::input {
namespace {

class AheadReader final : public RecordReader {
 public:
  explicit AheadReader(std::unique_ptr<RecordReader> reader) : reader_(std::move(reader)) {}
  ~AheadReader() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  /// False: there is no thread, so that nothing is read here.
  bool start() {
    try {
      thread_ = std::thread([this] { read_on(); });
    } catch (const std::system_error&) {
      return false;
    }
    return true;
  }
  std::unique_ptr<RecordReader> give_back() { return std::move(reader_); }

  Result<bool> next(Record& record) override {
    for (;; wait_for_chunk()) {
      if (current_ == nullptr) continue;
      if (index_ < current_->size()) {
        current_->show(index_++, record);
        return true;
      }
      if (current_->failure()) return *current_->failure();
      if (current_->is_last()) return false;
    }
  }
  const LineCounts& lines() const override {
    static const LineCounts none;
    return current_ != nullptr ? current_->lines() : none;
  }
  std::uint64_t bytes_read() const override { return current_ != nullptr ? current_->bytes_read() : 0; }
  const std::vector<std::string>& warnings() const override { return current_ != nullptr ? current_->warnings() : RecordReader::warnings(); }

 private:
  RecordChunk& chunk(std::uint64_t number) { return chunks_[static_cast<std::size_t>(number % chunks_.size())]; }

  void read_on() {
    for (bool is_last = false; !is_last;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || read_ - given_ < chunks_.size(); });
      if (stopping_) return;
      RecordChunk& mine = chunk(read_);
      lock.unlock();
      mine.fill(*reader_);
      is_last = mine.is_last();
      lock.lock();
      ++read_;
      lock.unlock();
      changed_.notify_all();
    }
  }

  /// Gives back the current one. Not behind the last.
  void wait_for_chunk() {
    std::unique_lock lock(mutex_);
    if (current_ != nullptr) {
      ++given_;
      changed_.notify_all();
    }
    changed_.wait(lock, [this] { return given_ < read_; });
    current_ = &chunk(given_);
    index_ = 0;
  }

  std::unique_ptr<RecordReader> reader_;
  std::mutex mutex_;  ///< guards what follows, but for chunks that are being filled, or are the user's
  std::condition_variable changed_;
  std::array<RecordChunk, 8> chunks_;  ///< a ring
  std::uint64_t read_ = 0;   ///< number of the chunk that is filled now, or next
  std::uint64_t given_ = 0;  ///< of the user's, or the next to be
  bool stopping_ = false;

  // The user's own.
  std::thread thread_;
  RecordChunk* current_ = nullptr;
  std::size_t index_ = 0;  ///< of the next record in it
};

}  // namespace

Result<std::unique_ptr<RecordReader>> AheadReading::read() const {
  auto reader = source_.read();
  if (!reader) return reader.error();
  auto ahead = std::make_unique<AheadReader>(std::move(*reader));
  if (!ahead->start()) return ahead->give_back();
  return std::unique_ptr<RecordReader>(std::move(ahead));
}

}  // namespace switchboard::input
