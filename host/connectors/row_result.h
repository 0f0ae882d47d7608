#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/outcome.h"
#include "switchboard/abi.h"

namespace switchboard::connectors {

/// What holds for a result that a connector may give a row (SWB_ACCEPTED …).
struct ResultTraits {
  std::uint32_t result;
  std::optional<Outcome> outcome;  ///< nullopt: it is sent again
  bool only_reconciling = false;   ///< an answer to no other question
};

/// All results, the first that there is at the first place.
inline constexpr std::array kResults = {
    ResultTraits{SWB_ACCEPTED, Outcome::Accepted},
    ResultTraits{SWB_CREATED, Outcome::Created},
    ResultTraits{SWB_UPDATED, Outcome::Updated},
    ResultTraits{SWB_UNCHANGED, Outcome::Unchanged},
    ResultTraits{SWB_REJECTED, Outcome::Rejected},
    ResultTraits{SWB_UNKNOWN, Outcome::Unknown},
    ResultTraits{.result = SWB_ABSENT, .outcome = std::nullopt, .only_reconciling = true},
    ResultTraits{SWB_RESEND, std::nullopt},
};
static_assert([] {
  for (std::size_t i = 0; i < kResults.size(); ++i)
    if (kResults[i].result != SWB_ACCEPTED + i) return false;
  return true;
}(), "a result stands at another place than that of its number");

/// nullptr: there is no such result.
constexpr const ResultTraits* result_traits(std::uint32_t result) {
  if (result < SWB_ACCEPTED || result - SWB_ACCEPTED >= kResults.size()) return nullptr;
  return &kResults[result - SWB_ACCEPTED];
}

/// What a connector says of a row.
struct RowResult {
  std::uint32_t row = 0;
  std::uint32_t result = 0;  ///< SWB_ACCEPTED …
  std::string vendor_id, code, field, message;
};

/// Its texts in their order between host and worker. `result`: a RowResult, or an swb_outcome. A text more is bounded in check_put.cpp.
template <class Result>
auto texts_of(Result& result) {
  return std::array{&result.vendor_id, &result.code, &result.field, &result.message};
}

}  // namespace switchboard::connectors
