#include "core/ledger/sqlite/log_sync.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "core/base/sync_directory.h"
#include "core/ledger/sqlite/database.h"

namespace switchboard::ledger {
namespace {

/// What nobody waits for shares a sync with what comes within this time, or with somebody who does wait.
constexpr std::chrono::milliseconds kSoon{5};

}  // namespace

LogSync::~LogSync() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t LogSync::last() const {
  const std::lock_guard lock(mutex_);
  return committed_;
}

void LogSync::committed() {
  const std::lock_guard lock(mutex_);
  ++committed_;
}

Result<void> LogSync::wait_for(std::uint64_t commit) {
  std::unique_lock lock(mutex_);
  while (synced_ < commit && !failed_) {
    if (!syncing_) {
      sync(lock);
      continue;
    }
    Waiting mine{.commit = commit};
    waiting_.push_back(&mine);
    mine.told.wait(lock, [&] { return mine.woken; });  // it has happened, or it is ours to do
  }
  if (synced_ < commit) return *failed_;
  return {};
}

void LogSync::sync(std::unique_lock<std::mutex>& lock) {
  syncing_ = true;
  const auto reached = committed_;
  lock.unlock();
  auto done = sync_file();
  lock.lock();
  syncing_ = false;
  if (done)
    synced_ = std::max(synced_, reached);
  else
    failed_ = done.error();
  const auto wake = [](Waiting* who) {
    who->woken = true;
    who->told.notify_one();
  };
  const auto over = [&](const Waiting* who) { return failed_ || who->commit <= synced_; };
  for (auto* who : waiting_)
    if (over(who)) wake(who);
  std::erase_if(waiting_, [](const Waiting* who) { return who->woken; });
  if (waiting_.empty()) return;
  // Who came meanwhile: the first of them syncs for all, unless somebody else is faster.
  wake(waiting_.front());
  waiting_.pop_front();
}

Result<void> LogSync::sync_file() {
  if (descriptor_ < 0) {
    descriptor_ = ::open(log_.c_str(), O_RDONLY | O_CLOEXEC);
    // SQLite may have made it just now, and would see to its name with a sync of its own.
    sync_directory_of(log_);
  }
  int reason = descriptor_ < 0 ? errno : 0;
  while (reason == 0 && ::fdatasync(descriptor_) != 0)
    if (errno != EINTR) reason = errno;
  if (reason == 0) return {};
  return database_error(SQLITE_IOERR, reason, file_, "");
}

void LogSync::soon() {
  {
    const std::lock_guard lock(mutex_);
    if (soon_) return;
    soon_ = true;
    if (!thread_.joinable()) {
      try {
        thread_ = std::thread([this] { run(); });
      } catch (const std::system_error&) {  // the next who waits syncs this, too
        soon_ = false;
        return;
      }
    }
  }
  work_.notify_one();
}

void LogSync::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [&] { return soon_ || stopping_; });
    if (!stopping_) work_.wait_for(lock, kSoon, [&] { return stopping_; });
    soon_ = false;
    const auto last = committed_;
    const bool stops = stopping_;
    lock.unlock();
    (void)wait_for(last);  // whoever waits for the next commit is told of trouble
    if (stops) return;
    lock.lock();
  }
}

}  // namespace switchboard::ledger
