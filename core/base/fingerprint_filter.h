#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/huge_pages.h"

namespace switchboard {

/// Says of most keys that were never added that they were not, without asking the disk: six bits a key, all in one line of the cache.
/// At 11 bits a key one in a hundred is asked for in vain, at 6 one in ten; it is never wrong about one that was added.
class FingerprintFilter {
 public:
  /// `keys`: uniform, at most so many as far as is known. `most_bytes`: whatever comes.
  FingerprintFilter(std::uint64_t keys, std::uint64_t most_bytes)
      : lines_(static_cast<std::size_t>(std::clamp(std::min(keys, most_bytes) * kBitsEach / 8, kLineBytes, std::max(most_bytes, kLineBytes)) /
                                        kLineBytes)) {}

  void add(std::uint64_t key) {
    auto& line = lines_[place(key)];
    each_bit(key, [&line](std::size_t word, std::uint64_t bit) { return line.words[word] |= bit, true; });
  }
  bool may_hold(std::uint64_t key) const {
    const auto& line = lines_[place(key)];
    return each_bit(key, [&line](std::size_t word, std::uint64_t bit) { return (line.words[word] & bit) != 0; });
  }
  void prefetch(std::uint64_t key) const { __builtin_prefetch(&lines_[place(key)]); }
  std::uint64_t memory_bytes() const { return lines_.size() * kLineBytes; }

 private:
  static constexpr std::uint64_t kLineBytes = 64;
  static constexpr std::uint64_t kBitsEach = 11;
  struct alignas(kLineBytes) Line {
    std::uint64_t words[8] = {};
  };

  std::size_t place(std::uint64_t key) const { return static_cast<std::size_t>(((key >> 32) * lines_.size()) >> 32); }
  /// False as soon as `visit` says so.
  template <class Visit>
  static bool each_bit(std::uint64_t key, const Visit& visit) {
    // The place in the table and the line come from the key's first half, so the bits must come from all of it.
    std::uint64_t bits = key * 0x9E37'79B9'7F4A'7C15u;
    for (int i = 0; i < 6; ++i, bits <<= 9) {
      if (!visit(static_cast<std::size_t>(bits >> 61), std::uint64_t{1} << ((bits >> 55) & 63))) return false;
    }
    return true;
  }

  std::vector<Line, HugePages<Line>> lines_;
};

}  // namespace switchboard
