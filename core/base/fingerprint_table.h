#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/fingerprint_filter.h"
#include "core/base/fingerprint_runs.h"
#include "core/base/huge_pages.h"
#include "core/base/result.h"
#include "core/base/scratch_file.h"

namespace switchboard {

/// Memory that several tables share, and where the rest goes.
struct FingerprintRoom {
  std::uint64_t bytes = 0;
  ScratchPlace* scratch = nullptr;  ///< nullptr: there is no such place, and `bytes` bounds nothing
  std::uint64_t taken = 0;
};

/// Fingerprint → row, and a note of the user's, for as many rows as a file has. Fingerprints are uniform (SHA-256), so their own
/// bytes are the hash, and 67 of their 128 bits are enough to tell a file's apart: of ten million rows any two meet once in
/// 3 million files. The zero fingerprint is never in it. Rows beyond 2^32 - 1 are kept as that.
///
/// In memory it is open addressing in 8 shards that grow one at a time, so that a million rows take some 20 MB and growing never
/// needs the double. Where the room is taken, a shard goes to disk whenever it is full, and a filter tells what may be there; ten
/// million rows, of which one in a hundred is there already, cost a read of the system's cache for every twentieth. Where nothing
/// can be written, all of it stays in memory.
///
/// find() may be called from several threads at once while nobody adds.
class FingerprintTable {
 public:
  /// What is known of a fingerprint.
  struct Known {
    std::uint64_t row = 0;  ///< from 1; 0: nothing
    std::uint32_t note = 0;  ///< 0: none
  };

  /// nullptr: as much memory as it takes.
  explicit FingerprintTable(FingerprintRoom* room = nullptr) : room_(room) {}
  ~FingerprintTable();
  FingerprintTable(const FingerprintTable&) = delete;
  FingerprintTable& operator=(const FingerprintTable&) = delete;

  /// Makes room for as many, so that nothing has to grow for them: growing moves each fingerprint four times.
  void expect(std::uint64_t count);
  /// As many may come, or none: room is made as soon as some thousands are there.
  void may_come(std::uint64_t count) { expected_ = count; }

  /// It is about to be looked for, or added.
  void prefetch(const Fingerprint& key) const;

  /// Adds it if it is not there. Returns what was there. `row`: from 1.
  Known insert(const Fingerprint& key, std::uint64_t row, std::uint32_t note = 0);
  /// Adds or replaces. `note` 0: the one that is there stays.
  void assign(const Fingerprint& key, std::uint64_t row, std::uint32_t note = 0);
  Known find(const Fingerprint& key) const;
  bool contains(const Fingerprint& key) const { return find(key).row != 0; }

  /// Nothing was ever added.
  bool empty() const { return size_ == 0; }
  std::uint64_t size() const { return size_; }
  std::uint64_t memory_bytes() const;
  /// Something that is on disk could not be read (Storage): what was said since is worth nothing.
  std::optional<Error> failure() const {
    const std::lock_guard lock(failure_mutex_);
    return failure_;
  }

 private:
  using Key = std::uint64_t;  ///< its last 64 bits; 3 of the others are the shard
  using Slot = FingerprintEntry;
  using Slots = std::vector<Slot, HugePages<Slot>>;
  struct Shard {
    Slots slots;
    std::size_t used = 0;
    std::optional<FingerprintRuns> runs;  ///< what is on disk
  };
  static constexpr std::size_t kShards = 8;

  Shard& shard_of(const Fingerprint& key) { return shards_[key.bytes[0] % kShards]; }
  const Shard& shard_of(const Fingerprint& key) const { return shards_[key.bytes[0] % kShards]; }
  static Key key_of(const Fingerprint& fingerprint);
  static std::size_t home(const Slots& slots, Key key) { return static_cast<std::size_t>(((key >> 32) * slots.size()) >> 32); }
  static std::size_t probe(const Slots& slots, Key key);
  /// Seven eighths full is where linear probing begins to hurt.
  static bool is_full(const Shard& shard) { return (shard.used + 1) * 8 > shard.slots.size() * 7; }
  static std::size_t slots_for(std::uint64_t count);
  static void grow(Shard& shard, std::size_t slots);
  bool can_write() const { return room_ != nullptr && room_->scratch != nullptr && !refused_; }
  /// What the others leave it; a quarter of all at least.
  std::uint64_t own_room() const;
  void decide_shares();
  /// nullptr: it is not there in memory.
  static Slot* slot_of(Shard& shard, Key key);
  /// What is on disk of it.
  std::optional<Slot> stored(const Shard& shard, Key key) const;
  /// `slot`.key is not in memory.
  void add(Shard& shard, const Slot& slot);
  void make_room(Shard& shard);
  void count_memory();
  /// False: all of it stays in memory from now on.
  bool begin_on_disk();
  static std::vector<Slot> sorted_entries(const Shard& shard);
  /// False: it stays in memory.
  bool write_out(Shard& shard);
  void make_filter();
  void fail(const Error& error) const;

  FingerprintRoom* const room_;
  std::uint64_t counted_ = 0;  ///< of room_->taken
  bool refused_ = false;       ///< nothing more can be written
  std::uint64_t expected_ = 0;
  /// As soon as something is on disk, or will be: slots of a shard in memory, and bytes of the filter; 0: not yet.
  std::size_t disk_slots_ = 0, filter_bytes_ = 0;
  std::unique_ptr<ScratchFile> file_;  ///< nullptr: nothing is on disk
  std::array<Shard, kShards> shards_;
  std::optional<FingerprintFilter> filter_;  ///< of what is on disk
  std::uint64_t size_ = 0;
  mutable std::mutex failure_mutex_;  ///< several may look for something
  mutable std::optional<Error> failure_;
};

}  // namespace switchboard
