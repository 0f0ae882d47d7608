#include "host/engine/plan/fingerprint_table.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>

namespace switchboard::engine {
namespace {

constexpr std::size_t kFirstSlots = 8;

std::uint32_t saturated(std::uint64_t row) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(row, std::numeric_limits<std::uint32_t>::max()));
}

constexpr std::size_t kHugePage = std::size_t{2} << 20;

}  // namespace

void* take_pages(std::size_t bytes) {
  if (bytes < kHugePage) return ::operator new(bytes);
  void* memory = ::operator new(bytes, std::align_val_t(kHugePage));
  // Whole ones only: what is over stays in small pages, so that no more memory is taken. Where there are none, nothing is lost.
  ::madvise(memory, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
  return memory;
}

void give_pages_back(void* memory, std::size_t bytes) {
  if (bytes < kHugePage) {
    ::operator delete(memory);
  } else {
    ::operator delete(memory, std::align_val_t(kHugePage));
  }
}

FingerprintTable::Key FingerprintTable::key_of(const Fingerprint& fingerprint) {
  Key key = 0;
  std::memcpy(&key, fingerprint.bytes.data() + (fingerprint.bytes.size() - sizeof key), sizeof key);
  return key;
}

std::size_t FingerprintTable::probe(const Slots& slots, Key key) {
  auto at = home(slots, key);
  while (slots[at].row != 0 && slots[at].key != key) {
    if (++at == slots.size()) at = 0;
  }
  return at;
}

void FingerprintTable::prefetch(const Fingerprint& key) const {
  const auto& slots = shard_of(key).slots;
  if (!slots.empty()) __builtin_prefetch(&slots[home(slots, key_of(key))], 1);
}

void FingerprintTable::expect(std::uint64_t count) {
  // Shards are not quite even: by chance some get more than their share.
  const auto share = static_cast<std::size_t>(count / kShards);
  const auto slots = (share + 3 * static_cast<std::size_t>(std::sqrt(static_cast<double>(share)))) * 8 / 7 + kFirstSlots;
  for (auto& shard : shards_) {
    if (slots > shard.slots.size()) grow(shard, slots);
  }
}

void FingerprintTable::grow(Shard& shard, std::size_t slots) {
  Slots wider(slots);
  for (const auto& slot : shard.slots) {
    if (slot.row != 0) wider[probe(wider, slot.key)] = slot;
  }
  shard.slots = std::move(wider);
}

FingerprintTable::Slot* FingerprintTable::claim(const Fingerprint& key) {
  auto& shard = shard_of(key);
  // Seven eighths full is where linear probing begins to hurt.
  if ((shard.used + 1) * 8 > shard.slots.size() * 7) grow(shard, std::max(kFirstSlots, shard.slots.size() + shard.slots.size() / 4));
  auto& slot = shard.slots[probe(shard.slots, key_of(key))];
  if (slot.row == 0) {
    slot.key = key_of(key);
    ++shard.used;
    ++size_;
  }
  return &slot;
}

std::uint64_t FingerprintTable::insert(const Fingerprint& key, std::uint64_t row, std::uint32_t note) {
  if (key.is_zero()) return 0;
  auto* slot = claim(key);
  if (slot->row != 0) return slot->row;
  slot->row = saturated(row);
  slot->note = note;
  return 0;
}

void FingerprintTable::assign(const Fingerprint& key, std::uint64_t row, std::uint32_t note) {
  if (key.is_zero()) return;
  auto* slot = claim(key);
  slot->row = saturated(row);
  if (note != 0) slot->note = note;
}

const FingerprintTable::Slot* FingerprintTable::look_up(const Fingerprint& key) const {
  const auto& shard = shard_of(key);
  if (key.is_zero() || shard.slots.empty()) return nullptr;
  return &shard.slots[probe(shard.slots, key_of(key))];
}

std::uint64_t FingerprintTable::find(const Fingerprint& key) const {
  const Slot* slot = look_up(key);
  return slot == nullptr ? 0 : slot->row;
}

std::uint32_t FingerprintTable::note(const Fingerprint& key) const {
  const Slot* slot = look_up(key);
  return slot == nullptr ? 0 : slot->note;
}

std::uint64_t FingerprintTable::memory_bytes() const {
  std::uint64_t bytes = sizeof *this;
  for (const auto& shard : shards_) bytes += shard.slots.capacity() * sizeof(Slot);
  return bytes;
}

}  // namespace switchboard::engine
