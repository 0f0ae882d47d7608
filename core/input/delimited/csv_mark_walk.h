#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/input/delimited/csv_marks.h"

namespace switchboard::input {

/// Visits the marks of a text in their order. They are found for many blocks at a time and looked at a block at a time, so that most are
/// visited by bit operations alone. Positions are indexes of the text.
template <class Unit>
class CsvMarkWalk {
 public:
  static constexpr std::size_t kNone = ~std::size_t{0};
  /// What may be read behind the end of the text.
  static constexpr std::size_t kRoomBehind = CsvMarks::kUnits;

  explicit CsvMarkWalk(const CsvMarkUnits<Unit>& meant) : meant_(meant) {}

  /// The text is another one now, or a longer one. The walk goes on at `index`.
  void begin(const Unit* text, std::size_t end, std::size_t index);
  /// The next mark is the first one from there on, whichever were visited before.
  void go_to(std::size_t index);

  /// Visits it. kNone: there is none.
  std::size_t next();
  /// Those of the block that are not visited yet.
  const CsvMarks& left() const { return left_; }
  /// Index of the block's first unit.
  std::size_t base() const { return base_; }
  /// False: the text has no more.
  bool next_block();
  /// For who takes blocks whole: the block and those behind it of which the marks are found, visited or not.
  std::span<const CsvMarks> blocks() const { return std::span(ahead_).subspan((base_ - ahead_begin_) / kBlock, (ahead_end_ - base_) / kBlock); }
  /// The block is the first one behind all of those. False: the text has no more.
  bool pass_blocks();

  /// Of the block: the first that is no delimiter. There is one.
  std::size_t first_other() const { return base_ + static_cast<std::size_t>(std::countr_zero(left_.others)); }
  /// Whether the unit behind that is one of them as well, and in the block.
  bool is_other_behind_first() const { return (left_.others & ((left_.others & (~left_.others + 1)) << 1)) != 0; }
  /// Visits it, whatever delimiters are before it.
  void pass_other() { left_.others &= left_.others - 1; }
  /// Visits the delimiters of the block that are before the first of the others; all, where there is none of those.
  std::uint64_t pass_delimiters() {
    const std::uint64_t delimiters = left_.delimiters & ((left_.others & (~left_.others + 1)) - 1);
    left_.delimiters ^= delimiters;
    return delimiters;
  }

 private:
  static constexpr std::size_t kBlock = CsvMarks::kUnits;
  static constexpr std::size_t kBlocksAhead = 16;  ///< whose marks are found at a time; a picker has no use for many

  void find_from(std::size_t index);

  CsvMarkUnits<Unit> meant_;
  const Unit* text_ = nullptr;
  std::size_t end_ = 0;

  std::array<CsvMarks, kBlocksAhead> ahead_;  // of the blocks from ahead_begin_ to ahead_end_
  std::size_t ahead_begin_ = 0;
  std::size_t ahead_end_ = 0;
  std::size_t base_ = 0;
  CsvMarks left_;
};

template <class Unit>
inline bool CsvMarkWalk<Unit>::next_block() {
  const std::size_t next = base_ + kBlock;
  if (next >= end_) return false;
  if (next < ahead_end_) {
    base_ = next;
    left_ = ahead_[(next - ahead_begin_) / kBlock];
  } else {
    find_from(next);
  }
  return true;
}

template <class Unit>
inline bool CsvMarkWalk<Unit>::pass_blocks() {
  if (ahead_end_ >= end_) return false;
  find_from(ahead_end_);
  return true;
}

template <class Unit>
inline std::size_t CsvMarkWalk<Unit>::next() {
  while ((left_.delimiters | left_.others) == 0) {
    if (!next_block()) return kNone;
  }
  const std::uint64_t marks = left_.delimiters | left_.others;
  const std::uint64_t rest = marks & (marks - 1);
  left_.delimiters &= rest;
  left_.others &= rest;
  return base_ + static_cast<std::size_t>(std::countr_zero(marks));
}

extern template class CsvMarkWalk<std::uint8_t>;
extern template class CsvMarkWalk<std::uint16_t>;
extern template class CsvMarkWalk<std::uint32_t>;

}  // namespace switchboard::input
