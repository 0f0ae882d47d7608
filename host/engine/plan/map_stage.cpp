#include "host/engine/plan/map_stage.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace switchboard::engine {
namespace {

/// Ahead of the user, for each thread: enough that nobody waits for a chunk that takes longer than others.
constexpr std::size_t kChunksEach = 4;
/// Of a chunk. All that the chunks hold stays in a core's own cache (2 MiB); with 256 rows it did not, and took 3.5 MiB more memory, and
/// more time at load 13 to 15 (not where one other job ran). With fewer, threads tell each other more often.
constexpr std::size_t kChunkRows = 64;
static_assert(kChunkRows <= input::RecordChunk::kMostRecords);

}  // namespace

MapStage::MapStage(std::unique_ptr<input::RecordReader> reader, const mapping::ContactMapper& mapper, std::uint64_t most_rows,
                   std::size_t helpers, StartThread start, Finish finish)
    : reader_(std::move(reader)), mapper_(mapper), helpers_(helpers), start_(std::move(start)), finish_(std::move(finish)), rows_left_(most_rows) {
  chunks_.resize(kChunksEach * (helpers + 1));
  for (auto& chunk : chunks_) chunk = std::make_unique<Chunk>();
}

MapStage::~MapStage() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

Result<MapStage::Row*> MapStage::next() {
  while (current_ == nullptr || index_ == current_->records.size()) {
    if (current_ != nullptr) {
      if (current_->records.failure()) return *current_->records.failure();
      if (current_->records.is_last()) return nullptr;
      {
        const std::lock_guard lock(mutex_);
        current_->is_mapped = false;
        ++given_;
      }
      changed_.notify_one();
      current_ = nullptr;
      if (threads_.empty() && helpers_ > 0) start_helpers();
    }
    if (!wait_for_chunk()) return nullptr;
  }
  return &current_->rows[index_++];
}

const MapStage::Row* MapStage::soon() const {
  // Long enough before it comes that memory can be fetched meanwhile, and no longer, or it is gone again.
  constexpr std::size_t kRows = 6;
  if (current_ != nullptr && index_ + 2 * kRows < current_->records.size()) {
    // The row itself was written by another core: looking at what is not here yet was 7 % of `check`.
    const auto* contact = reinterpret_cast<const char*>(current_->rows[index_ + 2 * kRows].contacts.data());
    for (std::size_t at = 0; at < sizeof(mapping::MappedContact); at += 64) __builtin_prefetch(contact + at);
  }
  return current_ != nullptr && index_ + kRows < current_->records.size() ? &current_->rows[index_ + kRows] : nullptr;
}

bool MapStage::wait_for_chunk() {
  std::unique_lock lock(mutex_);
  while (!chunk(given_).is_mapped) {
    if (at_end_ && given_ == read_) return false;
    if (can_read()) {
      read_and_map(lock);
    } else {
      changed_.wait(lock);
    }
  }
  current_ = &chunk(given_);
  index_ = 0;
  return true;
}

void MapStage::read_and_map(std::unique_lock<std::mutex>& lock) {
  Chunk& mine = chunk(read_++);
  const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(rows_left_, kChunkRows));
  reading_ = true;
  lock.unlock();
  mine.records.fill(*reader_, most);
  lock.lock();
  reading_ = false;
  rows_left_ -= mine.records.size();
  at_end_ = mine.records.is_last() || rows_left_ == 0;
  lock.unlock();
  changed_.notify_all();
  map(mine);
  lock.lock();
  mine.is_mapped = true;
  changed_.notify_all();
}

void MapStage::map(Chunk& chunk) const {
  Record record;
  if (chunk.rows.size() < chunk.records.size()) chunk.rows.resize(chunk.records.size());
  for (std::size_t i = 0; i < chunk.records.size(); ++i) {
    chunk.records.show(i, record);
    chunk.rows[i].line = record.line;
    chunk.rows[i].byte_begin = record.byte_begin;
    mapper_.map_all(record, chunk.rows[i].contacts);
    if (finish_) finish_(chunk.rows[i]);
  }
}

void MapStage::help() {
  std::unique_lock lock(mutex_);
  while (!stopping_ && !at_end_) {
    if (can_read()) {
      read_and_map(lock);
    } else {
      changed_.wait(lock);
    }
  }
}

void MapStage::start_helpers() {
  try {
    while (threads_.size() < helpers_) {
      std::function<void()> work = [this] { help(); };
      threads_.push_back(start_ ? start_(std::move(work)) : std::thread(std::move(work)));
    }
  } catch (const std::system_error&) {
    // Fewer are slower; with none, the user's thread maps all.
  }
}

}  // namespace switchboard::engine
