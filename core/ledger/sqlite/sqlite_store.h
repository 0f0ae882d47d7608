#pragma once

#include "core/ledger/job_store.h"
#include "core/ledger/sqlite/connections.h"

namespace switchboard::ledger {

/// The jobs in the ledger's file, with their locks and spooled sources beside it.
class SqliteStore final : public JobStore {
 public:
  explicit SqliteStore(Connections& connections) : connections_(connections) {}

  Result<void> create(const JobInfo& job) override;
  Result<std::optional<JobInfo>> find(const std::string& id) override;
  Result<std::vector<JobInfo>> all() override;
  Result<OutcomeCounts> counts(const std::string& id) override;
  Result<std::shared_ptr<JobJournal>> journal(const std::string& id) override;
  Result<std::unique_ptr<JobLock>> lock(const std::string& id) override;
  Result<void> forget(const std::string& id) override;

 private:
  Result<void> wipe(const std::string& id);

  Connections& connections_;
};

}  // namespace switchboard::ledger
