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
      commits_([this](std::span<const GroupCommit::Work* const> works) { return commit_together(works); }) {}

Result<std::unique_ptr<Connections>> Connections::open(const std::string& state_dir, const CancelToken* cancel) {
  if (auto ready = prepare_directory(state_dir); !ready) return ready.error();
  if (auto exists = create_where_missing(state_dir); !exists) return exists.error();
  auto writer = connect(state_dir, cancel);
  if (!writer) return writer.error();
  auto reader = connect(state_dir, cancel);
  if (!reader) return reader.error();
  std::unique_ptr<Connections> both(new Connections(state_dir, std::move(*writer), std::move(*reader)));
  if (auto done = both->writes_.prepare(both->writer_); !done) return done.error();
  if (auto done = both->reads_.prepare(both->reader_); !done) return done.error();
  return both;
}

Result<void> Connections::write(const std::function<Result<void>(WriteStatements&)>& work) {
  return commits_.submit([&] { return work(writes_); });
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
