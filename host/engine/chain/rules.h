#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/base/operation.h"
#include "core/mapping/manifest/manifest.h"
#include "host/engine/chain/retry.h"

namespace switchboard::engine {

/// The rules of one job that chains follow.
struct ChainRules {
  RetryPolicy policy;
  std::int64_t poll_min_ms = 2'000, poll_max_ms = 30'000, poll_deadline_ms = 900'000;
  std::array<bool, kOperations.size()> can_settle{};  ///< by operation: Manifest::can_settle()
  std::string vendor;      ///< for messages
  std::string credential;  ///< the variables that hold it, for messages; empty: none
};

ChainRules rules_of(const mapping::Manifest& manifest, const RetryPolicy& policy);

}  // namespace switchboard::engine
