#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/ledger/job_journal.h"
#include "host/engine/job/options.h"
#include "host/engine/plan/row_gate.h"

namespace switchboard::engine {

/// What the ledger holds of a job when a run begins; empty for a new one.
struct History {
  struct Batch {
    std::uint64_t seq = 0, first_row = 1;
    std::uint32_t rows = 0, contacts = 0;
    bool work = false;  ///< it has rows or chains that are not settled
  };
  std::vector<Batch> batches;  ///< by seq
  std::map<std::uint64_t, std::vector<ledger::ChainRecord>>
      chains;  ///< unfinished ones, by seq, numbers ascending
  /// Outcomes of contacts, Pending left out: where a row has several, its own outcome hides some.
  OutcomeCounts contacts;
};

/// Reads it, and tells the gate of every row, so that duplicates of them are known. Some 24 bytes a batch
/// stay.
Result<History> load_history(ledger::JobJournal& journal, const RunOptions& options, RowGate& gate);

}  // namespace switchboard::engine
