#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/fingerprint.h"

namespace switchboard::engine {

/// Fingerprint → row, for as many rows as a file has: open addressing in 64 shards that grow one at a time,
/// so that a million rows take some 28 MB and growing never needs the double. Fingerprints are uniform
/// (SHA-256), so their own bytes are the hash. The zero fingerprint is never in it. Rows beyond 2^32 - 1 are
/// kept as that.
class FingerprintTable {
 public:
  /// Adds it if it is not there. Returns the row it was there with, 0: it was not.
  std::uint64_t insert(const Fingerprint& key, std::uint64_t row);
  /// Adds or replaces.
  void assign(const Fingerprint& key, std::uint64_t row);
  /// The row, 0: not there.
  std::uint64_t find(const Fingerprint& key) const;
  bool contains(const Fingerprint& key) const { return find(key) != 0; }

  std::uint64_t size() const { return size_; }
  std::uint64_t memory_bytes() const;

 private:
  struct Slot {
    Fingerprint key;
    std::uint32_t row = 0;
  };
  struct Shard {
    std::vector<Slot> slots;
    std::size_t used = 0;
  };
  static constexpr std::size_t kShards = 64;

  Shard& shard_of(const Fingerprint& key) { return shards_[key.bytes[0] % kShards]; }
  const Shard& shard_of(const Fingerprint& key) const { return shards_[key.bytes[0] % kShards]; }
  static std::size_t probe(const std::vector<Slot>& slots, const Fingerprint& key);
  static void grow(Shard& shard);
  Slot* claim(const Fingerprint& key);

  std::array<Shard, kShards> shards_;
  std::uint64_t size_ = 0;
};

}  // namespace switchboard::engine
