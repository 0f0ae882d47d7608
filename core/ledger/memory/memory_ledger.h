#pragma once

#include <map>
#include <mutex>

#include "core/ledger/ledger.h"
#include "core/ledger/memory/unkept_journal.h"

namespace switchboard::ledger {

/// Jobs that send nothing and end with the process, and with them all that is known of them.
class MemoryStore final : public JobStore {
 public:
  /// Nobody is in the way: what runs here sends nothing.
  Result<Creation> create(const JobInfo& job, Repetition unless) override;
  Result<std::optional<JobInfo>> go_on(const JobInfo& job, Repetition unless) override;
  Result<std::optional<JobInfo>> find(const std::string& id) override;
  Result<std::vector<JobInfo>> all() override;
  Result<OutcomeCounts> counts(const std::string& id) override;
  Result<std::shared_ptr<JobJournal>> journal(const std::string& id) override;
  /// Nobody else can ask for it.
  Result<std::unique_ptr<JobLock>> lock(const std::string& id) override;
  Result<void> forget(const std::string& id) override;

 private:
  Result<std::shared_ptr<UnkeptJournal>> held(const std::string& id);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<UnkeptJournal>> jobs_;  ///< shared with those who work on them
};

/// For `check`: jobs in memory, beside what real ones sent. Borrows the ledger of those.
class MemoryLedger final : public Ledger {
 public:
  explicit MemoryLedger(Ledger& real) : real_(real) {}
  JobStore& jobs() override { return jobs_; }
  SentIndex& sent() override { return real_.sent(); }
  ScratchPlace& scratch() override { return real_.scratch(); }

 private:
  MemoryStore jobs_;
  Ledger& real_;
};

}  // namespace switchboard::ledger
