// What a vendor says of an import in numbers alone, where it says nothing of single rows.
#pragma once

#include <switchboard/kit/answer.h>
#include <switchboard/kit/json.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

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

/// What a vendor calls its counts; empty: it has none of that.
struct CountNames {
  std::string_view created{}, updated{}, unchanged{}, refused{};
};

/// The counts of an answer; nullopt: it has none of them. `least`: what is below it is taken for it, 0 where a vendor's own numbers may be
/// less than nothing.
inline std::optional<ImportCounts> counts_in(const Json& json, const CountNames& names, std::int64_t least = INT64_MIN) {
  bool any = false;
  const auto count = [&](std::string_view name) {
    const auto value = name.empty() ? std::nullopt : json[name].as_int();
    any = any || value;
    return std::max(least, value.value_or(0));
  };
  const ImportCounts counts{count(names.created), count(names.updated), count(names.unchanged), count(names.refused)};
  return any ? std::optional(counts) : std::nullopt;
}

}  // namespace switchboard::kit
