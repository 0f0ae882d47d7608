#include "host/engine/plan/history.h"

#include <algorithm>

#include "core/ledger/contacts_of_rows.h"
#include "host/engine/plan/wanted_rows.h"

namespace switchboard::engine {

Result<History> load_history(ledger::JobJournal& journal, const RunOptions& options, RowGate& gate) {
  History history;
  auto chains = journal.chains();
  if (!chains) return chains.error();
  for (auto& chain : *chains) history.chains[chain.batch].push_back(std::move(chain));
  for (auto& [seq, list] : history.chains) {
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.chain < b.chain; });
  }
  auto visited = journal.for_each_batch([&](const ledger::BatchRecord& batch) {
    bool work = history.chains.contains(batch.seq);
    const auto ids = ledger::row_ids(batch);
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      const auto& row = batch.rows[i];
      work |= wants_sending(row, options) || wants_asking(row, options);
      ++history.contacts[row.outcome];
      if (i < batch.identity.size()) gate.remember(ids[i], batch.identity[i], row);
    }
    history.batches.push_back({batch.seq, batch.first_row, static_cast<std::uint32_t>(ledger::row_count(batch)),
                               static_cast<std::uint32_t>(batch.rows.size()), work});
    return true;
  });
  if (!visited) return visited.error();
  history.contacts[Outcome::Pending] = 0;
  std::sort(history.batches.begin(), history.batches.end(),
            [](const auto& a, const auto& b) { return a.seq < b.seq; });
  return history;
}

}  // namespace switchboard::engine
