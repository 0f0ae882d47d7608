#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// What has been read of a store, and is still wanted, in code units. It grows with what is wanted at once, by doubling.
template <class Unit>
class UnitBuffer {
 public:
  /// Reads from the byte `offset` on, `block_bytes` at a time. `store` outlives it. Behind the last unit `room_behind` more may be read, of
  /// no meaning.
  UnitBuffer(ByteStore& store, std::uint64_t offset, std::size_t block_bytes, std::size_t room_behind);

  const Unit* units() const { return units_.get(); }
  const Unit& operator[](std::size_t index) const { return units_[index]; }
  std::size_t size() const { return size_; }
  /// Offset in the store of a unit.
  std::uint64_t offset_of(std::size_t index) const { return base_ + index * sizeof(Unit); }
  /// The last read found nothing more, or failed.
  bool at_end() const { return at_end_; }
  std::size_t block_bytes() const { return block_units_ * sizeof(Unit); }

  /// Lets go of the units before it: it is the first one then.
  void drop_before(std::size_t index);
  /// Reads a block behind what is there: how many bytes came, 0 at the end. Half a unit at the end is not kept.
  Result<std::size_t> read_more();
  /// Lets go of all: what is read next is from the byte `offset` on.
  void start_at(std::uint64_t offset);

 private:
  ByteStore& store_;
  const std::size_t block_units_;
  const std::size_t room_behind_;

  std::unique_ptr<Unit[]> units_;  // capacity_ + room_behind_
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
  std::uint64_t base_;
  bool at_end_ = false;
};

extern template class UnitBuffer<std::uint8_t>;
extern template class UnitBuffer<std::uint16_t>;
extern template class UnitBuffer<std::uint32_t>;

}  // namespace switchboard::input
