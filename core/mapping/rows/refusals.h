#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "core/base/fingerprint.h"

namespace switchboard::mapping {

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

 private:
  std::map<Fingerprint, By> refused_;
};

}  // namespace switchboard::mapping
