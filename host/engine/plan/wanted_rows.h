#pragma once

#include "core/base/outcome.h"
#include "host/engine/job/options.h"

/// Which rows a run does something about, by what became of them in an earlier one.
namespace switchboard::engine {

/// True for a row that a run without a chain for it sends (again).
bool wants_sending(const RowOutcome& row, const RunOptions& options);
/// True for a row that a run without a chain for it asks the vendor for.
bool wants_asking(const RowOutcome& row, const RunOptions& options);

}  // namespace switchboard::engine
