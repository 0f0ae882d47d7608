#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/result.h"

namespace switchboard::ledger {

/// Brings commits from the system's cache to the disk: SQLite writes them to its write-ahead log and syncs nothing at a commit. So
/// the ledger is free while the disk works, one sync serves all who wait for it, and who need not wait does not. Thread-safe.
class LogSync {
 public:
  /// `log`: SQLite's write-ahead log of the ledger `file`. It may appear later.
  LogSync(std::string log, std::string file) : log_(std::move(log)), file_(std::move(file)) {}
  ~LogSync();
  LogSync(const LogSync&) = delete;
  LogSync& operator=(const LogSync&) = delete;

  /// There is one more commit.
  void committed();
  /// The number of the last one, from 1.
  std::uint64_t last() const;

  /// Returns when this commit, and with it all before it, is on the disk. Whoever finds nobody at it syncs for all.
  Result<void> wait_for(std::uint64_t commit);
  /// Nobody waits for what is committed; see to it that it is on the disk a few milliseconds from now.
  void soon();

 private:
  struct Waiting {
    std::uint64_t commit;
    bool woken = false;
    std::condition_variable told;
  };
  /// What all have waited for. The lock is free while the disk works.
  void sync(std::unique_lock<std::mutex>& lock);
  Result<void> sync_file();
  void run();

  const std::string log_, file_;
  mutable std::mutex mutex_;
  std::deque<Waiting*> waiting_;
  std::uint64_t committed_ = 0, synced_ = 0;
  bool syncing_ = false;
  std::optional<Error> failed_;  ///< for good: after a failed sync nobody knows what the disk has
  int descriptor_ = -1;

  std::condition_variable work_;  ///< of the thread
  bool soon_ = false, stopping_ = false;
  std::thread thread_;  ///< from the first soon() on
};

}  // namespace switchboard::ledger
