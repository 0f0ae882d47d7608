#include "core/base/fingerprint_table.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace switchboard {
namespace {

constexpr std::size_t kFirstSlots = 8;
constexpr std::uint64_t kMostExpected = 2'000'000;  ///< 37 MB; a list of nothing but duplicates needs less than it has rows

std::uint32_t saturated(std::uint64_t row) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(row, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

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
  if (filter_) filter_->prefetch(key_of(key));
}

std::size_t FingerprintTable::slots_for(std::uint64_t count) {
  // Shards are not quite even: by chance some get more than their share.
  const auto share = static_cast<std::size_t>(count / kShards);
  return (share + 3 * static_cast<std::size_t>(std::sqrt(static_cast<double>(share)))) * 8 / 7 + kFirstSlots;
}

FingerprintTable::~FingerprintTable() {
  if (room_ != nullptr) room_->taken -= counted_;
}

void FingerprintTable::count_memory() {
  if (room_ == nullptr) return;
  const auto now = memory_bytes();
  room_->taken += now - counted_;
  counted_ = now;
}

std::uint64_t FingerprintTable::own_room() const {
  const auto others = room_->taken - counted_;
  return std::max(room_->bytes - std::min(others, room_->bytes), room_->bytes / 4);
}

void FingerprintTable::decide_shares() {
  if (disk_slots_ != 0) return;
  const auto room = own_room();
  disk_slots_ = std::max(kFirstSlots, static_cast<std::size_t>(room / 5 / kShards / sizeof(Slot)));
  filter_bytes_ = static_cast<std::size_t>(room / 8 * 5);
}

void FingerprintTable::expect(std::uint64_t count) {
  expected_ = count;
  auto slots = slots_for(can_write() ? count : std::min(count, kMostExpected));
  if (can_write() && slots * kShards * sizeof(Slot) > own_room()) {
    decide_shares();
    slots = disk_slots_;
  }
  for (auto& shard : shards_) {
    if (slots > shard.slots.size()) grow(shard, slots);
  }
  count_memory();
}

void FingerprintTable::grow(Shard& shard, std::size_t slots) {
  Slots wider(slots);
  for (const auto& slot : shard.slots) {
    if (slot.row != 0) wider[probe(wider, slot.key)] = slot;
  }
  shard.slots = std::move(wider);
}

FingerprintTable::Slot* FingerprintTable::slot_of(Shard& shard, Key key) {
  if (shard.slots.empty()) return nullptr;
  auto& slot = shard.slots[probe(shard.slots, key)];
  return slot.row == 0 ? nullptr : &slot;
}

std::optional<FingerprintTable::Slot> FingerprintTable::stored(const Shard& shard, Key key) const {
  if (!shard.runs || !filter_->may_hold(key)) return std::nullopt;
  auto found = shard.runs->find(key);
  if (found) return *found;
  fail(found.error());
  return std::nullopt;
}

void FingerprintTable::fail(const Error& error) const {
  const std::lock_guard lock(failure_mutex_);
  if (!failure_) failure_ = error;
}

void FingerprintTable::add(Shard& shard, const Slot& slot) {
  if (is_full(shard)) make_room(shard);
  shard.slots[probe(shard.slots, slot.key)] = slot;
  ++shard.used;
}

void FingerprintTable::make_room(Shard& shard) {
  // Bit by bit was eight times the time of all at once.
  if (constexpr std::uint64_t kSome = 1 << 12; disk_slots_ == 0 && size_ >= kSome && 2 * size_ < expected_) {
    expect(expected_);
    if (!is_full(shard)) return;
  }
  const auto wider = std::max(kFirstSlots, shard.slots.size() + shard.slots.size() / 4);
  if (can_write()) {
    const bool no_more = disk_slots_ != 0 ? wider > disk_slots_ : memory_bytes() + (wider - shard.slots.size()) * sizeof(Slot) > own_room();
    if (no_more && (file_ ? write_out(shard) : begin_on_disk())) return count_memory();
  }
  grow(shard, wider);
  count_memory();
}

bool FingerprintTable::begin_on_disk() {
  decide_shares();
  file_ = room_->scratch->open();
  if (!file_) {
    refused_ = true;
    return false;
  }
  bool done = true;
  for (auto& shard : shards_) {
    if (!(done = write_out(shard))) break;
    shard.slots = Slots(disk_slots_);
  }
  // Only now, so that both are never in memory at once.
  make_filter();
  return done;
}

void FingerprintTable::make_filter() {
  filter_.emplace(expected_ == 0 ? UINT64_MAX : std::max(expected_, size_), filter_bytes_);
  for (const auto& shard : shards_) {
    if (!shard.runs) continue;
    const auto done = shard.runs->for_each_key([this](Key key) { filter_->add(key); });
    if (!done) fail(done.error());
  }
}

std::vector<FingerprintTable::Slot> FingerprintTable::sorted_entries(const Shard& shard) {
  std::vector<Slot> sorted;
  sorted.reserve(shard.used);
  // Homes ascend with keys, so that what lies in the slots is all but sorted: each entry has a few places to go. Those that found no place
  // before the end lie at the beginning, and come last. With a sort that knows nothing of it an entry beyond memory took 190 ns, not 150.
  for (const bool from_the_end : {false, true}) {
    for (std::size_t at = 0; at < shard.slots.size(); ++at) {
      const Slot& slot = shard.slots[at];
      if (slot.row == 0 || (home(shard.slots, slot.key) > at) != from_the_end) continue;
      auto place = sorted.size();
      sorted.push_back(slot);
      for (; place > 0 && slot.key < sorted[place - 1].key; --place) sorted[place] = sorted[place - 1];
      sorted[place] = slot;
    }
  }
  return sorted;
}

bool FingerprintTable::write_out(Shard& shard) {
  auto sorted = sorted_entries(shard);
  if (!shard.runs) shard.runs.emplace(*file_);
  if (auto done = shard.runs->add(sorted); !done) {
    room_->scratch->refused(done.error());
    refused_ = true;
    return false;
  }
  if (filter_) {
    for (const auto& slot : sorted) filter_->add(slot.key);
  }
  std::fill(shard.slots.begin(), shard.slots.end(), Slot{});
  shard.used = 0;
  return true;
}

FingerprintTable::Known FingerprintTable::insert(const Fingerprint& key, std::uint64_t row, std::uint32_t note) {
  if (key.is_zero()) return {};
  auto& shard = shard_of(key);
  const auto known = find(key);
  if (known.row != 0) return known;
  add(shard, {key_of(key), saturated(row), note});
  ++size_;
  return {};
}

void FingerprintTable::assign(const Fingerprint& key, std::uint64_t row, std::uint32_t note) {
  if (key.is_zero()) return;
  auto& shard = shard_of(key);
  if (auto* slot = slot_of(shard, key_of(key))) {
    slot->row = saturated(row);
    if (note != 0) slot->note = note;
    return;
  }
  const auto old = stored(shard, key_of(key));
  if (!old) ++size_;
  add(shard, {key_of(key), saturated(row), note != 0 || !old ? note : old->note});
}

FingerprintTable::Known FingerprintTable::find(const Fingerprint& key) const {
  if (key.is_zero()) return {};
  const auto& shard = shard_of(key);
  if (!shard.slots.empty()) {
    const auto& slot = shard.slots[probe(shard.slots, key_of(key))];
    if (slot.row != 0) return {slot.row, slot.note};
  }
  const auto old = stored(shard, key_of(key));
  return old ? Known{old->row, old->note} : Known{};
}

std::uint64_t FingerprintTable::memory_bytes() const {
  std::uint64_t bytes = sizeof *this + (filter_ ? filter_->memory_bytes() : 0);
  for (const auto& shard : shards_) bytes += shard.slots.capacity() * sizeof(Slot) + (shard.runs ? shard.runs->memory_bytes() : 0);
  return bytes;
}

}  // namespace switchboard
