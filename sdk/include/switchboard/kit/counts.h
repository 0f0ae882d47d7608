// What a vendor says of an import in numbers alone, where it says nothing of single rows.
#pragma once

#include <switchboard/kit/answer.h>

#include <cstdint>
#include <optional>

namespace switchboard::kit {

struct ImportCounts {
  std::int64_t created = 0, updated = 0;
  std::int64_t unchanged = 0;  ///< were there already
  std::int64_t refused = 0;

  std::int64_t stored() const { return created + updated + unchanged; }

  /// What every row is that was not refused, where all are of one kind; nullopt: the numbers do not tell them apart.
  std::optional<Outcome> of_all() const {
    if (created == stored()) return Outcome::created();
    if (updated == stored()) return Outcome::updated();
    if (unchanged == stored()) return Outcome::unchanged();
    return std::nullopt;
  }

  /// What a stored row is that was there before.
  Outcome of_known() const {
    if (unchanged == 0) return Outcome::updated();
    return updated == 0 ? Outcome::unchanged() : Outcome::accepted();
  }
};

}  // namespace switchboard::kit
