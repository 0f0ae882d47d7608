#include "core/base/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace switchboard {
namespace {

/// From here on memory is the system's own and goes back to it: the heap keeps what tables leave behind that grow bit by bit, which
/// was as much again as they held.
constexpr std::size_t kMapped = std::size_t{128} << 10;
constexpr std::align_val_t kCacheLine{64};

}  // namespace

void* take_pages(std::size_t bytes) {
  if (bytes < kMapped) return ::operator new(bytes, kCacheLine);
  // One huge page more than is needed, so that one begins in it; what is before and behind is given back.
  const std::size_t slack = bytes < kHugePage ? 0 : kHugePage;
  void* memory = ::mmap(nullptr, bytes + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  if (slack == 0) return memory;
  auto* const begin = static_cast<char*>(memory);
  const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(begin) % kHugePage) % kHugePage;
  constexpr std::size_t kPage = 4096;
  const std::size_t used = (bytes + kPage - 1) / kPage * kPage;
  if (before > 0) ::munmap(begin, before);
  if (before + used < bytes + slack) ::munmap(begin + before + used, bytes + slack - before - used);
  // Whole ones only: what is over stays in small pages, so that no more memory is taken. Where there are none, nothing is lost.
  ::madvise(begin + before, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
  return begin + before;
}

void give_pages_back(void* memory, std::size_t bytes) {
  if (bytes < kMapped) {
    ::operator delete(memory, kCacheLine);
  } else {
    ::munmap(memory, bytes);
  }
}

}  // namespace switchboard
