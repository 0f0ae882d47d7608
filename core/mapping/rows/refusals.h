#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fingerprint_table.h"
#include "core/base/result.h"
#include "core/base/scratch_file.h"

namespace switchboard::mapping {

/// Which rows of a source say no to anything, where that is known: nearly all of them do not, and need not be asked again when
/// they are mapped (3 % of `check`).
class RefusingRows {
 public:
  /// A row that says no.
  void add(std::uint64_t row) {
    if (row >= kMost) return;
    if (row / kBits >= bits_.size()) bits_.resize(row / kBits + 1);
    bits_[row / kBits] |= std::uint64_t{1} << row % kBits;
  }
  /// All rows up to that one were asked, and what says no was added.
  void asked_until(std::uint64_t row) { last_ = std::min(row, kMost - 1); }
  /// True too of a row that was not asked: the reading may have broken off before it.
  bool may_say_no(std::uint64_t row) const {
    if (row > last_) return true;
    return row / kBits < bits_.size() && (bits_[row / kBits] >> row % kBits & 1) != 0;
  }

 private:
  static constexpr std::uint64_t kMost = std::uint64_t{1} << 24;  ///< rows: 2 MiB
  static constexpr std::uint64_t kBits = 64;
  std::vector<std::uint64_t> bits_;  ///< of each row up to the last one that says no
  std::uint64_t last_ = 0;
};

/// Numbers and addresses whose people said no in some row of a source: whoever else stands under them is not contacted
/// either. Only fingerprints are kept, and of many only some in memory.
class Refusals {
 public:
  struct By {
    std::uint64_t row = 0;
    std::size_t column = 0;  ///< index of the column that says no
    std::size_t person = 0;  ///< which of the row's people it is about
  };

  Refusals() = default;
  /// `scratch`: for what is more than `room` bytes of memory hold.
  explicit Refusals(ScratchPlace* scratch, std::uint64_t room = kRoom) : scratch_(scratch), room_(room) {}

  /// The first row that says no for a number or address counts.
  void add(const std::string& reach, By by);
  /// nullopt: nobody said no for it. [any thread, when all are added]
  std::optional<By> find(const std::string& reach) const;
  bool empty() const { return refused_ == nullptr; }
  /// As FingerprintTable::failure().
  std::optional<Error> failure() const { return refused_ == nullptr ? std::nullopt : refused_->by.failure(); }

  RefusingRows rows;

 private:
  static constexpr std::uint64_t kRoom = std::uint64_t{4} << 20;  ///< 200,000 of them; of a million one look-up in 500 goes to the disk
  struct Refused {
    Refused(ScratchPlace* scratch, std::uint64_t bytes) : room{bytes, scratch}, by(&room) {}
    FingerprintRoom room;
    FingerprintTable by;
  };
  ScratchPlace* scratch_ = nullptr;  ///< nullptr: all of it stays in memory
  std::uint64_t room_ = kRoom;
  std::unique_ptr<Refused> refused_;  ///< nullptr: nobody says no
};

}  // namespace switchboard::mapping
