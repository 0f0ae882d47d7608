#pragma once

#include <memory>
#include <string>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/scratch_file.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/job_store.h"
#include "core/ledger/sent_index.h"

namespace switchboard::ledger {

/// All that is kept of jobs, by role: who runs one job needs its journal only (jobs().journal()).
class Ledger {
 public:
  virtual ~Ledger() = default;
  virtual JobStore& jobs() = 0;
  virtual SentIndex& sent() = 0;
  /// For what grows with a job's rows and need not stay in memory: files without a name beside the ledger's own.
  virtual ScratchPlace& scratch() = 0;
};

/// Opens (creates) the SQLite ledger `switchboard.db` in the directory; files are 0600, directories 0700.
/// Errors: an unwritable directory is ErrorKind::Usage (exit 2); a damaged or newer ledger file
/// ErrorKind::Storage. `cancel` ends the waiting for another process that has it locked.
Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& state_dir, const CancelToken* cancel = nullptr);

}  // namespace switchboard::ledger
