#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"

namespace switchboard::mapping {

/// Which rows of a source say no to anything, where that is known: nearly all of them do not, and need not be asked again when
/// they are mapped (3 % of `check`).
class RefusingRows {
 public:
  /// Rows in ascending order, each of them.
  void add(std::uint64_t row, bool says_no) {
    known_ = known_ && rows_.size() < kMost;
    last_ = row;
    if (!known_) {
      rows_ = {};
    } else if (says_no) {
      rows_.push_back(row);
    }
  }
  /// True too of a row that was not asked: the reading may have broken off before it.
  bool may_say_no(std::uint64_t row) const { return !known_ || row > last_ || std::binary_search(rows_.begin(), rows_.end(), row); }

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 18;  ///< 2 MiB
  std::vector<std::uint64_t> rows_;
  std::uint64_t last_ = 0;
  bool known_ = true;  ///< false: more than are kept
};

/// Numbers and addresses whose people said no in some row of a source: whoever else stands under them is not contacted
/// either. Only fingerprints are kept.
class Refusals {
 public:
  struct By {
    std::uint64_t row = 0;
    std::size_t column = 0;  ///< index of the column that says no
    std::size_t person = 0;  ///< which of the row's people it is about
  };

  /// The first row that says no for a number or address counts.
  void add(const std::string& reach, By by) { refused_.try_emplace(fingerprint_of(reach), by); }
  /// nullptr: nobody said no for it.
  const By* find(const std::string& reach) const {
    const auto found = refused_.find(fingerprint_of(reach));
    return found == refused_.end() ? nullptr : &found->second;
  }
  bool empty() const { return refused_.empty(); }

  RefusingRows rows;

 private:
  std::map<Fingerprint, By> refused_;
};

}  // namespace switchboard::mapping
