#include "core/ledger/sqlite/sqlite_journal.h"

#include "core/ledger/packing/column_coding.h"
#include "core/ledger/sqlite/queries.h"
#include "core/ledger/sqlite/bind_and_read.h"

namespace switchboard::ledger {
namespace {

/// Writes a batch's outcomes; what never changes of it only when it is new, which it very likely is where that is `fixed` already.
/// Error (Internal): a batch of that number has other rows.
Result<void> save_batch(WriteStatements& writes, std::int64_t job_key, const PackedOutcomes& packed, const std::optional<PackedFixed>& fixed,
                        const BatchRecord& batch) {
  bool is_new = false;
  if (fixed) {
    bind_outcomes(writes.insert_new_batch, job_key, packed);
    if (auto done = writes.insert_new_batch.run(); !done) return done;
    is_new = writes.insert_new_batch.changed() > 0;
  }
  if (!is_new) {
    bind_outcomes(writes.update_batch, job_key, packed);
    if (auto done = writes.update_batch.run(); !done || writes.update_batch.changed() > 0) return done;
    bind_outcomes(writes.insert_batch, job_key, packed);
    if (auto done = writes.insert_batch.run(); !done) return done;
  }
  const auto key = (is_new ? writes.insert_new_batch : writes.insert_batch).inserted_key();
  const PackedFixed now = fixed ? PackedFixed() : pack_fixed(batch);
  bind_fixed(writes.insert_fixed, key, fixed ? *fixed : now);
  return writes.insert_fixed.run();
}

}  // namespace

Result<JobInfo> SqliteJournal::info() {
  auto found = find_job(connections_, job_);
  if (!found) return found.error();
  if (!*found) return unknown_job(job_);
  return std::move(**found);
}

Result<void> SqliteJournal::update(const JobInfo& info) {
  return connections_.write([&](WriteStatements& writes) { return update_job(writes, info); });
}

Result<OutcomeCounts> SqliteJournal::counts() { return counts_of(connections_, job_); }

Result<void> SqliteJournal::save(const BatchRecord* batch, std::span<const ChainRecord> chains,
                                 std::span<const ChainId> finished, Outlives outlives) {
  std::optional<PackedOutcomes> packed;
  std::optional<PackedFixed> fixed;
  if (batch != nullptr) {
    auto packing = pack_outcomes_of(*batch);
    if (!packing) return packing.error();
    packed = std::move(*packing);
    // What is to be on the disk is nearly always a batch's first save; while the transaction is open, others wait for it.
    if (outlives == Outlives::Machine) fixed = pack_fixed(*batch);
  }
  std::vector<std::string> chain_rows;
  chain_rows.reserve(chains.size());
  for (const auto& chain : chains) chain_rows.push_back(pack_indices(chain.rows));

  return connections_.write([&](WriteStatements& writes) -> Result<void> {
    auto key = key_of(writes, job_);
    if (!key) return key.error();
    if (packed) {
      if (auto done = save_batch(writes, *key, *packed, fixed, *batch); !done) return done;
    }
    for (std::size_t i = 0; i < chains.size(); ++i) {
      bind_chain(writes.save_chain, *key, chains[i], chain_rows[i]);
      if (auto done = writes.save_chain.run(); !done) return done.error();
    }
    for (const auto& id : finished) {
      if (auto done = writes.remove_chain.with(*key, id.batch, id.chain).run(); !done) return done.error();
    }
    return {};
  }, outlives);
}

Result<std::optional<BatchRecord>> SqliteJournal::batch(std::uint64_t seq) {
  return connections_.read([&](ReadStatements& reads) {
    return read_one_batch(reads.batch.with(job_, seq), connections_.file());
  });
}

// No lock while `visit` runs: it may call the ledger.
Result<void> SqliteJournal::for_each_batch(const std::function<bool(const BatchRecord&)>& visit, Reads what, std::uint64_t from) {
  if (auto known = info(); !known) return known.error();
  for (std::uint64_t seq = from;;) {
    auto next = connections_.read([&](ReadStatements& reads) {
      auto& statement = what == Reads::Everything ? reads.next_batches : reads.next_outcomes;
      return read_some(
          statement.with(job_, seq), [&](const Statement& row) { return read_batch(row, connections_.file(), what); },
          [](const BatchRecord& batch) { return batch.rows.size(); });
    });
    if (!next) return next.error();
    if (next->empty()) return {};
    for (const auto& batch : *next)
      if (!visit(batch)) return {};
    seq = next->back().seq + 1;
  }
}

Result<std::vector<ChainRecord>> SqliteJournal::chains() { return chains_of(connections_, job_); }

}  // namespace switchboard::ledger
