#pragma once

#include "core/ledger/job_store.h"
#include "core/ledger/sqlite/connections.h"

namespace switchboard::ledger {

/// The jobs in the ledger's file, with their locks and spooled sources beside it.
class SqliteStore final : public JobStore {
 public:
  explicit SqliteStore(Connections& connections) : connections_(connections) {}

  Result<Creation> create(const JobInfo& job, Repetition unless) override;
  Result<std::optional<JobInfo>> go_on(const JobInfo& job, Repetition unless) override;
  Result<std::optional<JobInfo>> find(const std::string& id) override;
  Result<std::vector<JobInfo>> all() override;
  Result<OutcomeCounts> counts(const std::string& id) override;
  Result<std::shared_ptr<JobJournal>> journal(const std::string& id) override;
  Result<std::unique_ptr<JobLock>> lock(const std::string& id) override;
  Result<void> forget(const std::string& id) override;

 private:
  /// The job that forbids a new one; asked within a write.
  Result<std::optional<JobInfo>> in_the_way(WriteStatements& writes, const JobInfo& job, Repetition unless,
                                            bool& running);
  /// Within a write: deletes the copy of standard input where no other job needs it.
  Result<void> release_spool(WriteStatements& writes, const std::string& id, std::int64_t key);
  Result<void> wipe(const std::string& id);

  Connections& connections_;
};

}  // namespace switchboard::ledger
