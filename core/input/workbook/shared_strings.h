#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/huge_pages.h"

namespace switchboard::input {

/// Most bytes of texts that a workbook may share; they are kept in memory.
inline constexpr std::uint64_t kMostSharedText = std::uint64_t{256} << 20;

/// The texts that cells of a workbook refer to by number. They stay where they are: nothing is moved as more are added.
class SharedStrings {
 public:
  std::size_t size() const { return texts_.size(); }
  std::size_t bytes() const { return bytes_; }
  std::string_view at(std::size_t i) const { return texts_[i]; }
  /// Two calls before at(), one after the other: where the text stands, then the text come into the cache.
  void fetch_place(std::size_t i) const { __builtin_prefetch(texts_.data() + i); }
  void fetch(std::size_t i) const { __builtin_prefetch(texts_[i].data()); }
  void add(std::string_view text) {
    if (room_ < text.size()) make_room(text.size());
    if (!text.empty()) std::memcpy(end_, text.data(), text.size());
    texts_.emplace_back(end_, text.size());
    end_ += text.size();
    room_ -= text.size();
    bytes_ += text.size();
  }

 private:
  /// What is left of the last block stays empty: a text is one piece.
  void make_room(std::size_t bytes) {
    constexpr std::size_t kFirst = std::size_t{64} << 10;
    room_ = std::max(bytes, blocks_.empty() ? kFirst : kHugePage);
    blocks_.push_back({static_cast<char*>(take_pages(room_)), {room_}});
    end_ = blocks_.back().get();
  }

  std::vector<std::unique_ptr<char[], GivePagesBack>> blocks_;
  std::vector<std::string_view, HugePages<std::string_view>> texts_;
  char* end_ = nullptr;
  std::size_t room_ = 0, bytes_ = 0;
};

}  // namespace switchboard::input
