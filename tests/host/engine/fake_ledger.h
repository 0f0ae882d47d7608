#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/ledger/memory_journal.h"
#include "core/ledger/sent_index.h"

namespace switchboard::engine::test {

/// The journal of one job, in memory, and what others sent. Its process can die: from then on nothing is written, and
/// what was written stays. Checks with every write what no write may break.
class FakeLedger : public ledger::JobJournal, public ledger::SentIndex {
 public:
  void begin(const ledger::JobInfo& job) {
    journal_ = std::make_unique<ledger::testing::MemoryJournal>(job);
    disk_ = std::make_unique<ledger::testing::MemoryJournal>(job);
  }

  // --- Faults ---
  /// The process dies at this write (counted from 0 since revive()): before it is durable, or just after.
  void die_at(std::uint64_t write, bool durable);
  void die();
  /// When it dies, the machine does. Of the writes that nobody waited for, only the first so many are on the disk.
  void machine_dies_with_it(std::size_t keeps) { machine_keeps_ = keeps; }
  void revive();
  bool dead() const;
  std::uint64_t writes() const;
  /// How many chains may leave at any moment and have not.
  std::size_t cleared() const;
  /// No batch below this number may change any more; 0: a run begins.
  void settled(std::uint64_t before);
  /// It is as it was written, and does not change any more in this run.
  void done(const ledger::BatchRecord& batch);
  /// Called before each write, without a lock.
  std::function<void()> on_save;

  // --- What it holds ---
  std::vector<RowOutcome> rows();  ///< all rows_read of them, where rows hold one contact each
  std::map<std::string, Outcome> by_row();  ///< "17", "17a" → what became of it
  const std::vector<std::string>& broken_laws() const { return broken_; }
  void sent_by_an_earlier_job(const Fingerprint& content, bool delivered) { earlier_.emplace_back(content, delivered); }

  Result<ledger::JobInfo> info() override { return journal_->info(); }
  Result<void> update(const ledger::JobInfo& job) override;
  Result<OutcomeCounts> counts() override;
  Result<void> save(const ledger::BatchRecord* batch, std::span<const ledger::ChainRecord> chains,
                    std::span<const ledger::ChainId> finished, ledger::Outlives outlives = ledger::Outlives::Machine) override;
  Result<std::optional<ledger::BatchRecord>> batch(std::uint64_t seq) override;
  Result<void> for_each_batch(const std::function<bool(const ledger::BatchRecord&)>& visit, ledger::Reads reads = ledger::Reads::Everything,
                              std::uint64_t from = 0) override {
    return journal_->for_each_batch(visit, reads, from);
  }
  Result<std::vector<ledger::ChainRecord>> chains() override { return journal_->chains(); }

  Result<void> for_each_sent(const ledger::JobInfo& job, std::int64_t since_ms,
                             const std::function<void(const Fingerprint&, bool)>& visit) override;
  Result<std::optional<ledger::JobInfo>> sent_before(const ledger::JobInfo&) override {
    return std::optional<ledger::JobInfo>{};
  }
  Result<std::string> credential_mark(std::string_view) override { return std::string(ledger::kNoCredential); }

 private:
  struct Write {
    std::optional<ledger::JobInfo> job;
    std::optional<ledger::BatchRecord> batch;
    std::vector<ledger::ChainRecord> chains;
    std::vector<ledger::ChainId> finished;
  };
  /// It is in memory; the disk has it, and all before it, where it is to outlive the machine.
  void keep(Write write, ledger::Outlives outlives);
  void bring_to_disk(const Write& write);
  void lose_memory();
  bool dying();  ///< counts a write; true: it is not to be done
  Error dead_error() const;
  void check(const ledger::BatchRecord& batch);

  mutable std::recursive_mutex mutex_;
  std::unique_ptr<ledger::testing::MemoryJournal> journal_, disk_;  ///< as processes see it; as it is after the machine died
  std::set<std::pair<std::uint64_t, std::uint32_t>> cleared_;
  std::vector<Write> on_its_way_;                          ///< from the one to the other
  std::optional<std::size_t> machine_keeps_;
  std::set<std::uint64_t> done_;  ///< numbers of batches
  std::map<std::uint64_t, std::pair<std::uint64_t, std::size_t>> spans_;  ///< by batch: its first row, and how many
  std::vector<std::pair<Fingerprint, bool>> earlier_;
  std::vector<std::string> broken_;
  std::uint64_t writes_ = 0, die_at_ = UINT64_MAX, settled_ = 0;
  bool durable_ = false, dead_ = false;
};

}  // namespace switchboard::engine::test
