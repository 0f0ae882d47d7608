#include "core/input/archive/entry_ahead.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace switchboard::input {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{128} << 10, kPieces = 4;
/// Read without a thread: most parts of a workbook are small.
constexpr std::size_t kAlone = std::size_t{256} << 10;

class EntryAhead final : public ZipEntry {
 public:
  explicit EntryAhead(std::unique_ptr<ZipEntry> entry) : entry_(std::move(entry)) {}
  ~EntryAhead() override {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    room_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  Result<std::size_t> read(char* out, std::size_t size) override {
    if (!thread_.joinable() && (alone_ < kAlone || !begin())) {
      auto got = entry_->read(out, size);
      if (got) alone_ += *got;
      return got;
    }
    if (at_ == piece_.size()) {
      auto more = next_piece();
      if (!more) return more.error();
      if (!*more) return 0;
    }
    const std::size_t count = std::min(size, piece_.size() - at_);
    std::memcpy(out, piece_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  using Piece = std::vector<char>;

  /// False: there is no thread to be had.
  bool begin() {
    if (threadless_) return false;
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {
      threadless_ = true;
    }
    return !threadless_;
  }

  /// False: the end. What came before damage is read before it is said.
  Result<bool> next_piece() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return !pieces_.empty() || done_; });
    if (pieces_.empty()) {
      if (failure_) return *failure_;
      return false;
    }
    spare_.push_back(std::exchange(piece_, std::move(pieces_.front())));
    pieces_.pop_front();
    at_ = 0;
    room_.notify_one();
    return true;
  }

  /// The thread: until the end, damage, or nobody reads any more.
  void run() {
    for (;;) {
      Piece piece;
      {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return pieces_.size() < kPieces || stopped_; });
        if (stopped_) return;
        if (!spare_.empty()) {
          piece = std::move(spare_.back());
          spare_.pop_back();
        }
      }
      piece.resize(kPieceBytes);
      std::size_t size = 0;
      std::optional<Error> failure;
      bool ends = false;
      while (size < kPieceBytes && !ends) {
        auto got = entry_->read(piece.data() + size, kPieceBytes - size);
        if (got) size += *got;
        else failure = got.error();
        ends = !got || *got == 0;
      }
      piece.resize(size);
      const std::lock_guard lock(mutex_);
      if (size > 0) pieces_.push_back(std::move(piece));
      done_ = ends;
      failure_ = std::move(failure);
      filled_.notify_one();
      if (ends) return;
    }
  }

  std::unique_ptr<ZipEntry> entry_;  ///< the thread's, once there is one
  std::size_t alone_ = 0;            ///< bytes read without it
  bool threadless_ = false;
  std::thread thread_;
  Piece piece_;  ///< the reader's
  std::size_t at_ = 0;

  std::mutex mutex_;
  std::condition_variable filled_, room_;
  std::deque<Piece> pieces_;
  std::vector<Piece> spare_;  ///< read, to be filled again
  bool done_ = false, stopped_ = false;
  std::optional<Error> failure_;
};

}  // namespace

std::unique_ptr<ZipEntry> read_ahead(std::unique_ptr<ZipEntry> entry) { return std::make_unique<EntryAhead>(std::move(entry)); }

}  // namespace switchboard::input
