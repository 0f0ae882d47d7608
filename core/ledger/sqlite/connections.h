#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "core/ledger/job_journal.h"
#include "core/ledger/sqlite/database.h"
#include "core/ledger/sqlite/group_commit.h"
#include "core/ledger/sqlite/log_sync.h"
#include "core/ledger/sqlite/statements.h"

namespace switchboard::ledger {

/// The two connections to one ledger file: one writes, in group commits; one reads what is committed and never
/// waits for a write. Thread-safe.
class Connections {
 public:
  /// Opens (creates) the file; errors as open_sqlite_ledger().
  static Result<std::unique_ptr<Connections>> open(const std::string& state_dir, const CancelToken* cancel);

  /// Runs `work` in a transaction that it may share with others, and returns when that outlives what it is to outlive. `work` may
  /// be run twice.
  Result<void> write(const std::function<Result<void>(WriteStatements&)>& work, Outlives outlives = Outlives::Machine);

  /// What `read` gets to know, while nobody else reads. Statements are to be reset at its end (ResetAtEnd).
  template <class Read>
  auto read(Read read) {
    const std::lock_guard lock(read_mutex_);
    return read(reads_);
  }

  /// Writes the whole file anew, without what was deleted, and empties the write-ahead log.
  Result<void> rewrite_file();
  Result<void> empty_log();

  const std::string& state_dir() const { return state_dir_; }
  const std::string& file() const { return reader_.file(); }

 private:
  Connections(std::string state_dir, Database writer, Database reader);
  Result<void> commit_together(std::span<const GroupCommit::Work* const> works);
  Result<void> commit_and_sync(std::span<const GroupCommit::Work* const> works);

  const std::string state_dir_;
  std::mutex write_mutex_, read_mutex_;
  Database writer_, reader_;
  WriteStatements writes_;  ///< under write_mutex_
  ReadStatements reads_;    ///< under read_mutex_
  GroupCommit commits_;
  GroupCommit lasting_;  ///< of who waits for the disk: all that come during a sync are one transaction, and share the next
  std::unique_ptr<LogSync> log_;  ///< nullptr: there is no write-ahead log here, and each commit syncs by itself
};

}  // namespace switchboard::ledger
