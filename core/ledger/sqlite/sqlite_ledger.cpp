#include "core/ledger/ledger.h"
#include "core/ledger/sqlite/sqlite_index.h"
#include "core/ledger/sqlite/sqlite_store.h"

namespace switchboard::ledger {
namespace {

/// The ledger in one SQLite file.
class SqliteLedger final : public Ledger {
 public:
  SqliteLedger(std::unique_ptr<Connections> connections, const std::string& directory)
      : connections_(std::move(connections)), jobs_(*connections_), sent_(*connections_), scratch_(directory) {}

  JobStore& jobs() override { return jobs_; }
  SentIndex& sent() override { return sent_; }
  ScratchPlace& scratch() override { return scratch_; }

 private:
  const std::unique_ptr<Connections> connections_;
  SqliteStore jobs_;
  SqliteIndex sent_;
  ScratchPlace scratch_;
};

}  // namespace

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& state_dir, const CancelToken* cancel) {
  auto connections = Connections::open(state_dir, cancel);
  if (!connections) return connections.error();
  return std::unique_ptr<Ledger>(std::make_unique<SqliteLedger>(std::move(*connections), state_dir));
}

}  // namespace switchboard::ledger
