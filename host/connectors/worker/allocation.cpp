// Tells the host that memory ran out, before whatever the connector does without it: a null pointer that it follows, an exception
// that it cannot throw. A part of the worker program only; a sanitizer has its own allocator.

#include <sys/socket.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "host/connectors/worker/frame.h"
#include "host/connectors/worker/worker.h"

#if !defined(SWITCHBOARD_SANITIZED)

// The C library's own, which it offers for such a purpose.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
}

namespace {

using namespace switchboard::connectors::worker;

void* looked_at(void* memory) {
  if (memory != nullptr) return memory;
  char frame[kFrameHead];
  const std::uint32_t size = sizeof frame - sizeof(std::uint32_t);
  std::memcpy(frame, &size, sizeof size);
  frame[sizeof size] = static_cast<char>(Kind::OutOfMemory);
  ::send(kSocket, frame, sizeof frame, MSG_NOSIGNAL | MSG_DONTWAIT);
  errno = ENOMEM;
  return nullptr;
}

}  // namespace

extern "C" {
void* malloc(std::size_t size) { return looked_at(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return looked_at(__libc_calloc(count, size)); }
void* realloc(void* old, std::size_t size) {
  void* memory = __libc_realloc(old, size);
  return memory == nullptr && size > 0 ? looked_at(nullptr) : memory;
}
}

#endif
