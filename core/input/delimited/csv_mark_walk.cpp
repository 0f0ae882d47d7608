#include "core/input/delimited/csv_mark_walk.h"

#include <algorithm>
#include <span>

namespace switchboard::input {

template <class Unit>
void CsvMarkWalk<Unit>::begin(const Unit* text, std::size_t end, std::size_t index) {
  text_ = text;
  end_ = end;
  find_from(index);
}

template <class Unit>
void CsvMarkWalk<Unit>::find_from(std::size_t index) {
  ahead_begin_ = index;
  base_ = index;
  left_ = {};
  const std::size_t blocks = std::min((end_ - std::min(index, end_) + kBlock - 1) / kBlock, kBlocksAhead);
  ahead_end_ = index + blocks * kBlock;
  if (blocks == 0) return;
  find_marks(text_ + index, meant_, std::span(ahead_).first(blocks));
  if (ahead_end_ > end_) {
    const std::uint64_t read = ~std::uint64_t{0} >> (ahead_end_ - end_);
    ahead_[blocks - 1].delimiters &= read;
    ahead_[blocks - 1].others &= read;
    ahead_[blocks - 1].quotes &= read;
  }
  left_ = ahead_[0];
}

template <class Unit>
void CsvMarkWalk<Unit>::go_to(std::size_t index) {
  if (index < ahead_begin_ || index >= ahead_end_) return find_from(index);
  const std::size_t block = (index - ahead_begin_) / kBlock;
  base_ = ahead_begin_ + block * kBlock;
  const std::uint64_t behind = ~std::uint64_t{0} << (index - base_);
  left_ = {ahead_[block].delimiters & behind, ahead_[block].others & behind, ahead_[block].quotes & behind};
}

template class CsvMarkWalk<std::uint8_t>;
template class CsvMarkWalk<std::uint16_t>;
template class CsvMarkWalk<std::uint32_t>;

}  // namespace switchboard::input
