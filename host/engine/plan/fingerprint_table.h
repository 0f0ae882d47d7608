#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/fingerprint.h"

namespace switchboard::engine {

/// Fingerprint → row, and a note of the user's, for as many rows as a file has: open addressing in 64 shards that grow one at a
/// time, so that a million rows take some 20 MB and growing never needs the double. Fingerprints are uniform (SHA-256), so their
/// own bytes are the hash, and 70 of their 128 bits are enough to tell a file's apart: of ten million rows any two meet once in
/// 20 million files. The zero fingerprint is never in it. Rows beyond 2^32 - 1 are kept as that.
class FingerprintTable {
 public:
  /// Makes room for as many, so that nothing has to grow for them: growing moves each fingerprint four times.
  void expect(std::uint64_t count);

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
  using Key = std::uint64_t;  ///< its last 64 bits; 6 of the others are the shard
  struct Slot {
    Key key = 0;
    std::uint32_t row = 0;  ///< 0: the slot is free
    std::uint32_t note = 0;
  };
  struct Shard {
    std::vector<Slot> slots;
    std::size_t used = 0;
  };
  static constexpr std::size_t kShards = 64;

  Shard& shard_of(const Fingerprint& key) { return shards_[key.bytes[0] % kShards]; }
  const Shard& shard_of(const Fingerprint& key) const { return shards_[key.bytes[0] % kShards]; }
  static Key key_of(const Fingerprint& fingerprint);
  static std::size_t probe(const std::vector<Slot>& slots, Key key);
  const Slot* look_up(const Fingerprint& key) const;
  static void grow(Shard& shard, std::size_t slots);
  Slot* claim(const Fingerprint& key);

  std::array<Shard, kShards> shards_;
  std::uint64_t size_ = 0;
};

}  // namespace switchboard::engine
