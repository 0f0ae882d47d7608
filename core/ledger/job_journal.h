#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/job_info.h"
#include "core/ledger/batch_record.h"
#include "core/ledger/chain_record.h"

namespace switchboard::ledger {

/// What a write is to outlive, when the call returns.
enum class Outlives : std::uint8_t {
  Process,  ///< this process, however it ends; the machine soon, and before any later write that is to outlive it returns
  Machine,  ///< it is on the disk
};

/// What is wanted of batches that are read.
enum class Reads : std::uint8_t {
  Everything,
  NoFingerprints,  ///< they come as zeros; they are nearly all that there is to read
};

/// The journal of one job: what its rows became, and which of its requests are out. Thread-safe. Every function
/// that changes something returns after it is durable (save() where that is asked for). Errors: ErrorKind::Storage (disk full, no
/// permission, damaged file), naming the file; ErrorKind::Usage where the job was forgotten meanwhile.
class JobJournal {
 public:
  virtual ~JobJournal() = default;

  virtual Result<JobInfo> info() = 0;
  /// `info` is this job's.
  virtual Result<void> update(const JobInfo& info) = 0;
  virtual Result<OutcomeCounts> counts() = 0;  ///< Pending = rows_read less all others

  /// One transaction: writes the batch where given (whole), writes these chains, removes those. Concurrent
  /// calls share a commit (group commit).
  virtual Result<void> save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                            std::span<const ChainId> finished, Outlives outlives = Outlives::Machine) = 0;

  virtual Result<std::optional<BatchRecord>> batch(std::uint64_t seq) = 0;
  /// All batches in order, or those from a number on; stops when `visit` returns false. Constant memory.
  virtual Result<void> for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads reads = Reads::Everything,
                                      std::uint64_t from = 0) = 0;
  virtual Result<std::vector<ChainRecord>> chains() = 0;  ///< the unfinished ones
};

/// `counts` of a job of that many rows, with Pending as what is left. Error (Internal): more outcomes than rows.
Result<OutcomeCounts> with_pending(const std::string& job, std::uint64_t rows_read, OutcomeCounts counts);

}  // namespace switchboard::ledger
