#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "core/ledger/job_journal.h"

namespace switchboard::ledger::testing {

/// A job's journal in memory, for tests: all that a journal in a file promises, as long as the process lives.
class MemoryJournal final : public JobJournal {
 public:
  explicit MemoryJournal(JobInfo info) : info_(std::move(info)) {}

  Result<JobInfo> info() override;
  Result<void> update(const JobInfo& info) override;
  Result<OutcomeCounts> counts() override;
  Result<void> save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                    std::span<const ChainId> finished, Outlives outlives = Outlives::Machine) override;
  Result<std::optional<BatchRecord>> batch(std::uint64_t seq) override;
  Result<void> for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads reads = Reads::Everything,
                              std::uint64_t from = 0) override;
  Result<std::vector<ChainRecord>> chains() override;

 private:
  /// The first batch from `seq` on.
  std::optional<BatchRecord> next(std::uint64_t seq);

  std::mutex mutex_;
  JobInfo info_;
  OutcomeCounts counts_;  ///< of all batches
  std::map<std::uint64_t, BatchRecord> batches_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, ChainRecord> chains_;
};

}  // namespace switchboard::ledger::testing
