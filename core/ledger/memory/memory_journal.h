#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "core/base/scratch_file.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/packing/packed_batch.h"

namespace switchboard::ledger {

/// A job's journal that ends with the process, packed as in a file: some bytes a row that is like its neighbours.
class MemoryJournal final : public JobJournal {
 public:
  enum class Keeps {
    Everything,
    NoFingerprints,  ///< 32 bytes a row less; they come back as zeros. For a job that nobody resumes
  };
  static constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  /// `most_bytes` of packed batches are in memory, and what comes after them is in a scratch file; nullptr: all of it is in memory.
  explicit MemoryJournal(JobInfo info, Keeps keeps = Keeps::Everything, ScratchPlace* scratch = nullptr, std::size_t most_bytes = kMostBytes)
      : info_(std::move(info)), keeps_(keeps), scratch_(scratch), most_bytes_(most_bytes) {}

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
  struct Batch {
    std::uint64_t seq = 0, first_row = 0, row_count = 0, contacts = 0;
    OutcomeCounts counts;
    std::uint32_t outcomes_size = 0;
    std::array<std::uint32_t, kFixedNames.size()> fixed_sizes{};
    std::string columns;  ///< the outcomes, and behind them what never changes; empty: they are in the file
    std::uint64_t offset = 0;
  };
  /// The first batch from `seq` on, with its columns.
  Result<std::optional<Batch>> next(std::uint64_t seq);
  Result<BatchRecord> unpacked(const Batch& batch) const;
  /// Puts them in memory or into the file.
  void keep(Batch& batch, const PackedOutcomes& changing, const PackedFixed& fixed);

  std::mutex mutex_;
  JobInfo info_;
  const Keeps keeps_;
  ScratchPlace* const scratch_;
  const std::size_t most_bytes_;
  std::unique_ptr<ScratchFile> file_;  ///< nullptr: there is none yet, or none to be had
  bool in_memory_ = false;             ///< no file could be made or written: there is only memory
  std::size_t bytes_ = 0;              ///< of columns in memory
  std::map<std::uint64_t, Batch> batches_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, ChainRecord> chains_;
};

}  // namespace switchboard::ledger
