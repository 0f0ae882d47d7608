#include "core/input/delimited/unit_buffer.h"

#include <algorithm>
#include <cstring>

namespace switchboard::input {
namespace {

/// A small source needs no large buffer; one more byte than it has shows its end.
std::size_t units_in_block(std::size_t block_bytes, std::uint64_t source_bytes, std::size_t unit_bytes) {
  constexpr std::uint64_t kSmallest = 4096;
  const auto bytes = std::min<std::uint64_t>(block_bytes, std::max(kSmallest, source_bytes + unit_bytes));
  return std::max<std::size_t>(1, static_cast<std::size_t>(bytes) / unit_bytes);
}

}  // namespace

template <class Unit>
UnitBuffer<Unit>::UnitBuffer(ByteStore& store, std::uint64_t offset, std::size_t block_bytes, std::size_t room_behind)
    : store_(store),
      block_units_(units_in_block(block_bytes, store.size(), sizeof(Unit))),
      room_behind_(room_behind),
      base_(offset) {}

template <class Unit>
void UnitBuffer<Unit>::drop_before(std::size_t index) {
  if (index == 0) return;
  size_ -= index;
  std::memmove(units_.get(), units_.get() + index, size_ * sizeof(Unit));
  base_ += index * sizeof(Unit);
}

template <class Unit>
Result<std::size_t> UnitBuffer<Unit>::read_more() {
  if (capacity_ - size_ < block_units_) {
    const std::size_t capacity = std::max(size_ * 2, size_ + block_units_);
    auto bigger = std::make_unique_for_overwrite<Unit[]>(capacity + room_behind_);
    if (size_ > 0) std::memcpy(bigger.get(), units_.get(), size_ * sizeof(Unit));
    units_ = std::move(bigger);
    capacity_ = capacity;
  }
  auto bytes = store_.read_at(offset_of(size_), reinterpret_cast<char*>(units_.get() + size_), block_bytes());
  at_end_ = !bytes || *bytes == 0;
  if (bytes) size_ += *bytes / sizeof(Unit);
  return bytes;
}

template <class Unit>
void UnitBuffer<Unit>::start_at(std::uint64_t offset) {
  base_ = offset;
  size_ = 0;
  at_end_ = false;
}

template class UnitBuffer<std::uint8_t>;
template class UnitBuffer<std::uint16_t>;
template class UnitBuffer<std::uint32_t>;

}  // namespace switchboard::input
