#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

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
  explicit MemoryJournal(JobInfo info, Keeps keeps = Keeps::Everything) : info_(std::move(info)), keeps_(keeps) {}

  Result<JobInfo> info() override;
  Result<void> update(const JobInfo& info) override;
  Result<OutcomeCounts> counts() override;
  Result<void> save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                    std::span<const ChainId> finished) override;
  Result<std::optional<BatchRecord>> batch(std::uint64_t seq) override;
  Result<void> for_each_batch(const std::function<bool(const BatchRecord&)>& visit) override;
  Result<std::vector<ChainRecord>> chains() override;

 private:
  struct Batch {
    PackedOutcomes changing;
    PackedFixed fixed;
  };
  /// The first batch from `seq` on.
  std::optional<Batch> next(std::uint64_t seq);
  static Result<BatchRecord> unpacked(const Batch& batch);

  std::mutex mutex_;
  JobInfo info_;
  const Keeps keeps_;
  std::map<std::uint64_t, Batch> batches_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, ChainRecord> chains_;
};

}  // namespace switchboard::ledger
