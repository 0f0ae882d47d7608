#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "host/engine/job/options.h"
#include "host/engine/job/parts.h"

namespace switchboard::engine {

/// The requests that the first `count` batches of `job` would send, credentials left out; nothing is sent (for `preview`).
/// Parts::sent is needed with RunOptions::only_new.
Result<std::vector<transport::HttpRequest>> preview(const Parts& parts, const RunOptions& options, std::size_t count,
                                                    const ledger::JobInfo& job = {});

}  // namespace switchboard::engine
