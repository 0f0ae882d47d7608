#include "host/connectors/worker/pages.h"

#include <sys/mman.h>

#include <new>

namespace switchboard::connectors::worker {

Pages::Pages(std::size_t bytes) : size_((bytes + 4096) / 4096 * 4096) {
  void* memory = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<char*>(memory);
}

Pages::~Pages() { ::munmap(data_, size_); }

void Pages::hide() {
  ::madvise(data_, size_, MADV_DONTNEED);
  ::mprotect(data_, size_, PROT_NONE);
}

void Pages::seal() { ::mprotect(data_, size_, PROT_READ); }

}  // namespace switchboard::connectors::worker
