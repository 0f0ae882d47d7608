#include "host/engine/plan/fingerprint_table.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace switchboard::engine {
namespace {

constexpr std::size_t kFirstSlots = 8;

std::uint32_t saturated(std::uint64_t row) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(row, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

FingerprintTable::Key FingerprintTable::key_of(const Fingerprint& fingerprint) {
  Key key;
  std::copy_n(fingerprint.bytes.begin() + (fingerprint.bytes.size() - key.size()), key.size(), key.begin());
  return key;
}

std::size_t FingerprintTable::probe(const std::vector<Slot>& slots, const Key& key) {
  std::uint32_t hash = 0;
  std::memcpy(&hash, key.data(), sizeof hash);
  auto at = static_cast<std::size_t>((std::uint64_t{hash} * slots.size()) >> 32);
  while (slots[at].row != 0 && slots[at].key != key) {
    if (++at == slots.size()) at = 0;
  }
  return at;
}

void FingerprintTable::grow(Shard& shard) {
  std::vector<Slot> wider(std::max(kFirstSlots, shard.slots.size() + shard.slots.size() / 4));
  for (const auto& slot : shard.slots) {
    if (slot.row != 0) wider[probe(wider, slot.key)] = slot;
  }
  shard.slots = std::move(wider);
}

FingerprintTable::Slot* FingerprintTable::claim(const Fingerprint& key) {
  auto& shard = shard_of(key);
  // Seven eighths full is where linear probing begins to hurt.
  if ((shard.used + 1) * 8 > shard.slots.size() * 7) grow(shard);
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
