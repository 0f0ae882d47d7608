#include "arena.h"

#include <sys/mman.h>

#include <cstring>
#include <deque>
#include <mutex>
#include <new>

namespace switchboard::conformance {

namespace {

constexpr std::size_t kChunkBytes = 256 * 1024;
constexpr std::size_t kGraves = 512;

/// Pages of past calls, inaccessible. After kGraves other calls those of ordinary size serve again: to take new ones from the kernel for each call
/// took most of a judgement's time.
class Graveyard {
 public:
  void bury(void* data, std::size_t size) {
    ::mprotect(data, size, PROT_NONE);
    if (size > kChunkBytes) ::madvise(data, size, MADV_DONTNEED);
    const std::lock_guard lock(mutex_);
    std::deque<std::pair<void*, std::size_t>>& graves = size > kChunkBytes ? large_ : ordinary_;
    graves.emplace_back(data, size);
    if (large_.size() <= kGraves) return;
    ::munmap(large_.front().first, large_.front().second);
    large_.pop_front();
  }

  /// Pages for one call; what they held is of no meaning.
  void* dig(std::size_t size) {
    if (size == kChunkBytes) {
      const std::lock_guard lock(mutex_);
      if (ordinary_.size() > kGraves) {
        void* data = ordinary_.front().first;
        ordinary_.pop_front();
        if (::mprotect(data, size, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
        return data;
      }
    }
    void* data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) throw std::bad_alloc();
    return data;
  }

 private:
  std::mutex mutex_;
  std::deque<std::pair<void*, std::size_t>> ordinary_, large_;
};

Graveyard& graveyard() {
  static Graveyard instance;
  return instance;
}

}  // namespace

Arena::~Arena() {
  for (const Chunk& chunk : chunks_) graveyard().bury(chunk.data, chunk.size);
}

void* Arena::allocate(std::size_t size, std::size_t align) {
  if (!chunks_.empty()) {
    Chunk& last = chunks_.back();
    const std::size_t start = (last.used + align - 1) / align * align;
    if (start + size <= last.size) {
      last.used = start + size;
      return last.data + start;
    }
  }
  const std::size_t bytes = size > kChunkBytes ? (size + 4095) / 4096 * 4096 : kChunkBytes;
  void* data = graveyard().dig(bytes);
  chunks_.push_back({static_cast<char*>(data), bytes, size});
  return data;
}

swb_str Arena::text(std::string_view content) {
  char* data = static_cast<char*>(allocate(content.size() + 1, 1));
  std::memcpy(data, content.data(), content.size());
  data[content.size()] = '#';  // a reader that counts on a terminating zero shows itself
  return {data, content.size()};
}

}  // namespace switchboard::conformance
