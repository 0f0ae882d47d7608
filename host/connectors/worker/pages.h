#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace switchboard::connectors::worker {

/// Memory of its own pages: what a connector borrows for a call. Sealed, it can be read only; and when it is gone, a pointer
/// that was kept leads nowhere.
class Pages {
 public:
  /// Throws std::bad_alloc.
  explicit Pages(std::size_t bytes);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  char* data() { return data_; }
  void seal();
  /// Its place stays taken, and what was in it is gone.
  void hide();

 private:
  char* data_;
  std::size_t size_;
};

/// Tables and structs in such memory.
class Tables {
 public:
  /// `count` objects of T, zeroed.
  template <class T>
  T* make(std::size_t count) {
    const auto bytes = (count * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
    if (bytes > left_) grow(bytes);
    auto* result = reinterpret_cast<T*>(next_);
    next_ += bytes;
    left_ -= bytes;
    return result;
  }
  void seal() {
    for (auto& block : blocks_) block->seal();
  }
  void hide() {
    for (auto& block : blocks_) block->hide();
  }

 private:
  static constexpr std::size_t kAlignment = alignof(std::max_align_t), kBlockBytes = 16u << 10;
  void grow(std::size_t bytes) {
    left_ = bytes > kBlockBytes ? bytes : kBlockBytes;
    next_ = blocks_.emplace_back(std::make_unique<Pages>(left_))->data();
  }

  std::vector<std::unique_ptr<Pages>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace switchboard::connectors::worker
