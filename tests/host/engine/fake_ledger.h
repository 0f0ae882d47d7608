#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/ledger/ledger.h"

namespace switchboard::engine::test {

/// A ledger in memory whose process can die: from then on nothing is written, and what was written stays.
/// Checks with every write what no write may break.
class FakeLedger : public ledger::Ledger {
 public:
  // --- Faults ---
  /// The process dies at this write (counted from 0 since revive()): before it is durable, or just after.
  void die_at(std::uint64_t write, bool durable);
  void die();
  void revive();
  bool dead() const;
  std::uint64_t writes() const;
  /// Called before each write, without a lock.
  std::function<void()> on_save;

  // --- What it holds ---
  std::vector<RowOutcome> rows(const std::string& job);  ///< all rows_read of them
  const std::vector<std::string>& broken_laws() const { return broken_; }
  void sent_by_an_earlier_job(const Fingerprint& content, bool delivered) { earlier_.emplace_back(content, delivered); }

  Result<void> create_job(const ledger::JobInfo& job) override;
  Result<void> update_job(const ledger::JobInfo& job) override;
  Result<std::optional<ledger::JobInfo>> job(const std::string& id) override;
  Result<std::vector<ledger::JobInfo>> jobs() override;
  Result<OutcomeCounts> counts(const std::string& job) override;
  Result<void> save(const std::string& job, const ledger::BatchRecord* batch,
                    std::span<const ledger::ChainRecord> chains,
                    std::span<const ledger::ChainId> finished) override;
  Result<std::optional<ledger::BatchRecord>> batch(const std::string& job, std::uint64_t seq) override;
  Result<void> for_each_batch(const std::string& job,
                              const std::function<bool(const ledger::BatchRecord&)>& visit) override;
  Result<std::vector<ledger::ChainRecord>> chains(const std::string& job) override;
  Result<void> for_each_sent(const std::string& account, const std::string& except_job, std::int64_t since_ms,
                                  const std::function<void(const Fingerprint&, bool)>& visit) override;
  Result<std::optional<ledger::JobInfo>> sent_before(const std::string&, const std::string&) override;
  Result<std::unique_ptr<ledger::JobLock>> lock(const std::string&) override;
  Result<void> forget(const std::string&) override;

 private:
  bool dying();  ///< counts a write; true: it is not to be done
  Error dead_error() const;
  void check(const ledger::BatchRecord& batch);

  mutable std::recursive_mutex mutex_;
  std::map<std::string, ledger::JobInfo> jobs_;
  std::map<std::uint64_t, ledger::BatchRecord> batches_;  // one job is enough
  std::map<std::pair<std::uint64_t, std::uint32_t>, ledger::ChainRecord> chains_;
  std::vector<std::pair<Fingerprint, bool>> earlier_;
  std::vector<std::string> broken_;
  std::uint64_t writes_ = 0, die_at_ = UINT64_MAX;
  bool durable_ = false, dead_ = false;
};

}  // namespace switchboard::engine::test
