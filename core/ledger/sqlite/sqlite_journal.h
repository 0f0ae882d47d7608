#pragma once

#include <string>

#include "core/ledger/job_journal.h"
#include "core/ledger/sqlite/connections.h"

namespace switchboard::ledger {

/// The rows of one job in the ledger's file.
class SqliteJournal final : public JobJournal {
 public:
  SqliteJournal(Connections& connections, std::string job) : connections_(connections), job_(std::move(job)) {}

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
  Connections& connections_;
  const std::string job_;
};

}  // namespace switchboard::ledger
