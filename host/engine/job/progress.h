#pragma once

#include <cstdint>
#include <string>

#include "core/base/outcome.h"

namespace switchboard::engine {

/// A moment of a run, for the progress display.
struct Progress {
  std::uint64_t rows_total = 0;  ///< rows that --limit lets through
  OutcomeCounts rows;            ///< Pending = not decided yet
  std::uint64_t decided_before = 0;  ///< of them, rows that earlier runs brought to their end (not failed, not unknown): they say nothing about this run's pace
  std::int64_t quiet_ms = 0;         ///< for so long no row has been decided
  std::uint64_t requests = 0, retried = 0;
  std::string waiting_for;  ///< "truedy: rate limit (429)"; empty: not waiting
  std::int64_t waiting_until_ms = 0;  ///< by the wall clock
};

}  // namespace switchboard::engine
