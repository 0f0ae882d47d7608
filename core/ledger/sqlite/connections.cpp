#include "core/ledger/sqlite/connections.h"

#include <utility>

#include "core/ledger/sqlite/ledger_file.h"
#include "core/ledger/state_dir.h"

namespace switchboard::ledger {
namespace {

/// Whatever leaves the scope, an exception too: no transaction stays open.
struct RollBackAtEnd {
  Database& database;
  Statement& rollback;
  ~RollBackAtEnd() {
    // Committed, or rolled back already, as by a full disk.
    if (!database.is_idle()) (void)rollback.with().run();
  }
};

}  // namespace

Connections::Connections(std::string state_dir, Database writer, Database reader)
    : state_dir_(std::move(state_dir)),
      writer_(std::move(writer)),
      reader_(std::move(reader)),
      commits_([this](std::span<const GroupCommit::Work* const> works) { return commit_together(works); }),
      lasting_([this](std::span<const GroupCommit::Work* const> works) { return commit_and_sync(works); }) {}

Result<std::unique_ptr<Connections>> Connections::open(const std::string& state_dir, const CancelToken* cancel) {
  if (auto ready = prepare_directory(state_dir); !ready) return ready.error();
  if (auto exists = create_where_missing(state_dir); !exists) return exists.error();
  auto writer = connect(state_dir, cancel);
  if (!writer) return writer.error();
  auto reader = connect(state_dir, cancel);
  if (!reader) return reader.error();
  // What is read is read once and in order; SQLite keeps 2 MB of it.
  if (auto done = reader->execute("PRAGMA cache_size = -256"); !done) return done.error();
  auto mode = writer->text("PRAGMA journal_mode");
  if (!mode) return mode.error();
  const bool has_log = *mode == "wal";
  // NORMAL: whoever needs a commit to be on the disk has the log synced (LogSync). SQLite itself syncs it before its pages go into the
  // file, and the file before the log begins anew.
  if (has_log) {
    if (auto done = writer->execute("PRAGMA synchronous = NORMAL"); !done) return done.error();
  }
  std::unique_ptr<Connections> both(new Connections(state_dir, std::move(*writer), std::move(*reader)));
  if (auto done = both->writes_.prepare(both->writer_); !done) return done.error();
  if (auto done = both->reads_.prepare(both->reader_); !done) return done.error();
  if (has_log) both->log_ = std::make_unique<LogSync>(both->file() + "-wal", both->file());
  return both;
}

Result<void> Connections::write(const std::function<Result<void>(WriteStatements&)>& work, Outlives outlives) {
  const GroupCommit::Work once = [&] { return work(writes_); };
  if (outlives == Outlives::Machine) return lasting_.submit(once);
  auto done = commits_.submit(once);
  if (done && log_) log_->soon();
  return done;
}

Result<void> Connections::commit_and_sync(std::span<const GroupCommit::Work* const> works) {
  if (auto done = commit_together(works); !done || !log_) return done;
  return log_->wait_for(log_->last());
}

Result<void> Connections::commit_together(std::span<const GroupCommit::Work* const> works) {
  const std::lock_guard lock(write_mutex_);
  if (auto begun = writes_.begin.with().run(); !begun) return begun.error();
  const RollBackAtEnd unless_committed{writer_, writes_.rollback};
  Result<void> result;
  for (const auto* work : works) {
    result = (*work)();
    if (!result) break;
  }
  if (result) result = writes_.commit.with().run();
  if (result && log_) log_->committed();
  return result;
}

Result<void> Connections::rewrite_file() {
  const std::lock_guard lock(write_mutex_);
  if (auto done = writer_.execute("VACUUM"); !done) return done;
  return writer_.checkpoint();
}

Result<void> Connections::empty_log() {
  const std::lock_guard lock(write_mutex_);
  return writer_.checkpoint();
}

}  // namespace switchboard::ledger
