#pragma once

#include "core/base/end_reason.h"

namespace switchboard::cli {

// For commands that are no job: what they return.
inline constexpr int kDone = exit_code_of(EndReason::Done);
inline constexpr int kInternal = exit_code_of(EndReason::Internal);
inline constexpr int kUsage = exit_code_of(EndReason::Usage);
inline constexpr int kSomeRowsRejected = exit_code_of(EndReason::SomeBad);

}  // namespace switchboard::cli
