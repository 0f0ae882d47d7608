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
  /// Small: ten million rows have ten thousand.
  struct Batch {
    std::uint64_t first_row = 0, offset = 0;  ///< in the file
    std::uint32_t row_count = 0, contacts = 0;
    std::uint32_t size = 0;  ///< of its columns in the file; 0: they are in memory
  };
  /// How long each column is; before the columns themselves.
  struct Sizes {
    std::uint32_t outcomes = 0;
    std::array<std::uint32_t, kFixedNames.size()> fixed{};
  };
  struct Found {
    std::uint64_t seq = 0;
    Batch batch;
    std::string columns;  ///< their sizes, the outcomes, and behind them what never changes
  };
  /// The first batch from `seq` on.
  Result<std::optional<Found>> next(std::uint64_t seq);
  /// The mutex is held.
  Result<Found> read_back(std::uint64_t seq, const Batch& batch);
  Result<BatchRecord> unpacked(const Found& found) const;
  /// Puts its columns in memory or into the file.
  void keep(std::uint64_t seq, Batch& batch, const PackedOutcomes& changing, const PackedFixed& fixed);

  std::mutex mutex_;
  JobInfo info_;
  const Keeps keeps_;
  ScratchPlace* const scratch_;
  const std::size_t most_bytes_;
  std::unique_ptr<ScratchFile> file_;  ///< nullptr: there is none yet, or none to be had
  bool in_memory_ = false;             ///< no file could be made or written: there is only memory
  std::size_t bytes_ = 0;              ///< of columns in memory
  OutcomeCounts counts_;               ///< of all batches
  std::map<std::uint64_t, Batch> batches_;
  std::map<std::uint64_t, std::string> columns_;  ///< of those whose columns are in memory
  std::map<std::pair<std::uint64_t, std::uint32_t>, ChainRecord> chains_;
};

}  // namespace switchboard::ledger
