#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/fingerprint.h"

namespace switchboard::engine {

void* take_pages(std::size_t bytes);
void give_pages_back(void* memory, std::size_t bytes);

/// Memory from a huge page's size on begins at such a page and asks for them. With prefetch() a fingerprint of a million then takes
/// 160 instead of 900 cycles: most of it was looking up which page a slot is on.
template <class T>
struct HugePages {
  using value_type = T;
  HugePages() = default;
  template <class Other>
  HugePages(const HugePages<Other>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(take_pages(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) { give_pages_back(memory, count * sizeof(T)); }
  bool operator==(const HugePages&) const { return true; }
};

/// Fingerprint → row, and a note of the user's, for as many rows as a file has: open addressing in 8 shards that grow one at a
/// time, so that a million rows take some 20 MB and growing never needs the double. Fingerprints are uniform (SHA-256), so their
/// own bytes are the hash, and 67 of their 128 bits are enough to tell a file's apart: of ten million rows any two meet once in
/// 3 million files. The zero fingerprint is never in it. Rows beyond 2^32 - 1 are kept as that.
class FingerprintTable {
 public:
  /// Makes room for as many, so that nothing has to grow for them: growing moves each fingerprint four times.
  void expect(std::uint64_t count);

  /// It is about to be looked for, or added.
  void prefetch(const Fingerprint& key) const;

  /// Adds it if it is not there. Returns the row it was there with, 0: it was not. `row`: from 1.
  std::uint64_t insert(const Fingerprint& key, std::uint64_t row, std::uint32_t note = 0);
  /// Adds or replaces. `note` 0: the one that is there stays.
  void assign(const Fingerprint& key, std::uint64_t row, std::uint32_t note = 0);
  /// The row, 0: not there.
  std::uint64_t find(const Fingerprint& key) const;
  /// 0: there is none.
  std::uint32_t note(const Fingerprint& key) const;
  bool contains(const Fingerprint& key) const { return find(key) != 0; }

  std::uint64_t size() const { return size_; }
  std::uint64_t memory_bytes() const;

 private:
  using Key = std::uint64_t;  ///< its last 64 bits; 3 of the others are the shard
  struct Slot {
    Key key = 0;
    std::uint32_t row = 0;  ///< 0: the slot is free
    std::uint32_t note = 0;
  };
  using Slots = std::vector<Slot, HugePages<Slot>>;
  struct Shard {
    Slots slots;
    std::size_t used = 0;
  };
  static constexpr std::size_t kShards = 8;

  Shard& shard_of(const Fingerprint& key) { return shards_[key.bytes[0] % kShards]; }
  const Shard& shard_of(const Fingerprint& key) const { return shards_[key.bytes[0] % kShards]; }
  static Key key_of(const Fingerprint& fingerprint);
  static std::size_t home(const Slots& slots, Key key) { return static_cast<std::size_t>(((key >> 32) * slots.size()) >> 32); }
  static std::size_t probe(const Slots& slots, Key key);
  const Slot* look_up(const Fingerprint& key) const;
  static void grow(Shard& shard, std::size_t slots);
  Slot* claim(const Fingerprint& key);

  std::array<Shard, kShards> shards_;
  std::uint64_t size_ = 0;
};

}  // namespace switchboard::engine
