#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <switchboard/abi.h>

namespace switchboard::conformance {

/// Memory for one call's arguments. When it ends, its pages become inaccessible; they are given back only
/// much later, so that a stale pointer does not find new data at the old address.
class Arena {
 public:
  Arena() = default;
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  void* allocate(std::size_t size, std::size_t align);

  template <class T>
  T* copy(const T& value) {
    return new (allocate(sizeof(T), alignof(T))) T(value);
  }
  template <class T>
  T* array(std::size_t count) {
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }
  swb_str text(std::string_view content);

 private:
  struct Chunk {
    char* data;
    std::size_t size, used;
  };
  std::vector<Chunk> chunks_;
};

}  // namespace switchboard::conformance
