#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "host/engine/job/options.h"
#include "host/engine/job/parts.h"

namespace switchboard::engine {

/// The requests that the first `count` batches would send, credentials left out; nothing is sent (for `preview`).
Result<std::vector<transport::HttpRequest>> preview(const Parts& parts, const RunOptions& options, std::size_t count);

}  // namespace switchboard::engine
