#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "core/base/clock.h"
#include "core/ledger/job_journal.h"
#include "host/engine/chain/live_batch.h"
#include "host/engine/job/stop.h"

namespace switchboard::engine {

/// Writes to the ledger, and knows what it says: every count shown or acted upon is one that is saved.
/// Where the ledger cannot be written it kills the run. Thread-safe.
class LedgerWriter {
 public:
  LedgerWriter(ledger::JobJournal& ledger, StopSwitch& stop, Clock& clock)
      : ledger_(ledger), stop_(stop), clock_(clock), decided_ms_(clock.steady_ms()) {}

  /// Reads the counts that the job begins with; rows_total is what Pending is the rest of. `contacts`: those of History.
  Result<void> begin(std::uint64_t rows_total, const OutcomeCounts& contacts);

  using Outlives = ledger::Outlives;
  /// One transaction: the batch where it changed, these chains, and the end of those. False: the run is dead,
  /// and nothing may be sent. The batch's mutex is held.
  bool save(LiveBatch& batch, std::span<const ledger::ChainRecord> chains,
            std::span<const std::uint32_t> finished, Outlives outlives = Outlives::Machine);

  OutcomeCounts counts() const;
  /// Of contacts, Pending left out: where a row has several, its own outcome hides some.
  OutcomeCounts contacts() const;
  /// Rows whose fate was known when the run began: neither failed nor unknown.
  std::uint64_t decided_before() const;
  /// When a row was decided last in this run, else when the run began; on the steady clock.
  std::int64_t decided_ms() const;
  /// Rows that became rejected or failed in this run.
  std::uint64_t errors() const;

 private:
  ledger::JobJournal& ledger_;
  StopSwitch& stop_;
  Clock& clock_;
  mutable std::mutex mutex_;
  OutcomeCounts counts_, contacts_;
  std::uint64_t rows_total_ = 0, errors_ = 0, before_ = 0;
  std::int64_t decided_ms_;
};

}  // namespace switchboard::engine
