#pragma once

#include <mutex>

#include "core/ledger/job_journal.h"

namespace switchboard::ledger {

/// The journal of a job that sends nothing and ends with the process: it counts what rows became, and keeps nothing of them. Whoever wants
/// more of a batch looks at it when it is planned, and nobody reads one back.
class UnkeptJournal final : public JobJournal {
 public:
  explicit UnkeptJournal(JobInfo info) : info_(std::move(info)) {}

  Result<JobInfo> info() override;
  Result<void> update(const JobInfo& info) override;
  Result<OutcomeCounts> counts() override;
  /// Each batch once, in order, and no chains. Error (Internal): another one.
  Result<void> save(const BatchRecord* batch, std::span<const ChainRecord> chains, std::span<const ChainId> finished,
                    Outlives outlives = Outlives::Machine) override;
  /// There is none, whatever was saved.
  Result<std::optional<BatchRecord>> batch(std::uint64_t seq) override;
  Result<void> for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads reads = Reads::Everything,
                              std::uint64_t from = 0) override;
  Result<std::vector<ChainRecord>> chains() override;

 private:
  std::mutex mutex_;
  JobInfo info_;
  OutcomeCounts counts_;
  std::uint64_t next_ = 0;  ///< batch, at least
};

}  // namespace switchboard::ledger
