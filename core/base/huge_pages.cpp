#include "core/base/huge_pages.h"

#include <sys/mman.h>

#include <new>

namespace switchboard {
namespace {

constexpr std::align_val_t kLeast{64};  // a line of the cache

}  // namespace

void* take_pages(std::size_t bytes) {
  if (bytes < kHugePage) return ::operator new(bytes, kLeast);
  void* memory = ::operator new(bytes, std::align_val_t(kHugePage));
  // Whole ones only: what is over stays in small pages, so that no more memory is taken. Where there are none, nothing is lost.
  ::madvise(memory, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
  return memory;
}

void give_pages_back(void* memory, std::size_t bytes) {
  ::operator delete(memory, bytes < kHugePage ? kLeast : std::align_val_t(kHugePage));
}

}  // namespace switchboard
