#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/outcome.h"
#include "core/base/result.h"
#include "host/engine/job/options.h"
#include "host/engine/job/parts.h"

namespace switchboard::engine {

/// Rows that are not sent for one reason.
struct HeldBack {
  Outcome outcome = Outcome::Skipped;
  std::string code;
  std::uint64_t rows = 0;
};

struct Preview {
  std::vector<transport::HttpRequest> requests;
  std::vector<HeldBack> held_back;  ///< of the batches that were looked at, and of those without a row to send before them
};

/// The requests that the first `count` batches of `job` would send, credentials left out; nothing is sent (for `preview`).
/// Parts::sent is needed with RunOptions::only_new. Error (Unavailable) also: cancelled while the file was read.
Result<Preview> preview(const Parts& parts, const RunOptions& options, std::size_t count, const ledger::JobInfo& job = {},
                        const CancelToken* cancel = nullptr);

}  // namespace switchboard::engine
