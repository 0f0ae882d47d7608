#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/operation.h"
#include "core/base/result.h"
#include "host/engine/chain/retry.h"
#include "host/engine/job/parts.h"

namespace switchboard::engine {

/// Called before a wait: why, and until when by the wall clock.
using OnWait = std::function<void(const std::string& why, std::int64_t until_ms)>;

/// Sends one Probe or Discover chain (no rows) and returns what it found. Errors are of the kind of the reason
/// (Credential, Unavailable, Usage). An interrupted clock ends it as Unavailable.
Result<std::vector<connectors::Item>> converse(const Parts& parts, Operation op, const OnWait& on_wait = {},
                                               const RetryPolicy& policy = {});

}  // namespace switchboard::engine
