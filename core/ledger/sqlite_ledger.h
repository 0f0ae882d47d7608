#pragma once

#include <mutex>
#include <string>

#include "core/ledger/database.h"
#include "core/ledger/group_commit.h"
#include "core/ledger/ledger.h"
#include "core/ledger/statements.h"

namespace switchboard::ledger {

/// The ledger in one SQLite file, with two connections: one writes, in group commits; one reads what is
/// committed and never waits for a write.
class SqliteLedger final : public Ledger {
 public:
  static Result<std::unique_ptr<Ledger>> open(const std::string& state_dir);

  Result<void> create_job(const JobInfo& job) override;
  Result<void> update_job(const JobInfo& job) override;
  Result<std::optional<JobInfo>> job(const std::string& id) override;
  Result<std::vector<JobInfo>> jobs() override;
  Result<OutcomeCounts> counts(const std::string& job) override;
  Result<void> save(const std::string& job, const BatchRecord* batch, std::span<const ChainRecord> chains,
                    std::span<const ChainId> finished) override;
  Result<std::optional<BatchRecord>> batch(const std::string& job, std::uint64_t seq) override;
  Result<void> for_each_batch(const std::string& job,
                              const std::function<bool(const BatchRecord&)>& visit) override;
  Result<std::vector<ChainRecord>> chains(const std::string& job) override;
  Result<void> for_each_sent(const std::string& account, const std::string& except_job, std::int64_t since_ms,
                             const std::function<void(const Fingerprint& content, bool delivered)>& visit) override;
  Result<std::optional<JobInfo>> sent_before(const std::string& account,
                                                  const std::string& source_sha256) override;
  Result<std::unique_ptr<JobLock>> lock(const std::string& job) override;
  Result<void> forget(const std::string& job) override;

 private:
  SqliteLedger(std::string state_dir, Database writer, Database reader);
  Result<void> prepare();
  Result<void> commit_together(std::span<const GroupCommit::Work* const> works);
  Result<std::int64_t> key_of(const std::string& job);
  Result<std::vector<JobInfo>> read_jobs(Statement& statement);
  /// The first batch that `statement` finds; std::nullopt: there is none.
  Result<std::optional<BatchRecord>> read_one_batch(Statement& statement);
  Result<void> require_job(const std::string& id);
  Result<void> wipe(const std::string& job);

  const std::string state_dir_;
  std::mutex write_mutex_, read_mutex_;
  Database writer_, reader_;
  WriteStatements writes_;  ///< under write_mutex_
  ReadStatements reads_;    ///< under read_mutex_
  GroupCommit commits_;
};

}  // namespace switchboard::ledger
