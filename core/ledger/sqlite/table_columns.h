#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/outcome.h"
#include "core/ledger/chain_record.h"
#include "core/ledger/job_info.h"
#include "core/ledger/packing/packed_batch.h"
#include "core/ledger/sqlite/database.h"

/// What stands in each column of the ledger's tables. One line a column: the statements that insert, update, select and
/// forget, and what binds and reads them, are made from these lists. A new column is a line here and a migration; one for what never
/// changes of a batch, or for an outcome, comes from packed_batch.h or outcome.h by itself.
namespace switchboard::ledger {

enum class Kept : std::uint8_t {
  Written,  ///< once
  Changes,  ///< written anew with every update
};
/// `From`: what is written. `To`: what is read.
template <class From, class To = From>
struct Column {
  std::string_view name;
  Kept kept;
  void (*bind)(Statement& statement, const From& from);    ///< its next value
  bool (*read)(const Statement& row, int column, To& to);  ///< false: nothing that we wrote
  std::string_view blank = {};  ///< of people or their files: what `forget` puts in its place first (SQL)
};

/// A batch as it stands in its two tables; borrowed.
struct StoredBatch {
  BatchColumns packed;
  OutcomeCounts counts;  ///< of rows, without Pending
};
/// A chain with its rows, packed by pack_indices(); borrowed.
struct ChainToSave {
  const ChainRecord& chain;
  std::string_view rows;
};
struct StoredChain {
  ChainRecord chain;      ///< without rows
  std::string_view rows;  ///< valid until the next step
};

using JobColumn = Column<JobInfo>;
using BatchColumn = Column<PackedOutcomes, StoredBatch>;
using FixedColumn = Column<PackedFixed, StoredBatch>;
using ChainColumn = Column<ChainToSave, StoredChain>;

std::span<const JobColumn> job_columns();      ///< of `job`, behind its key
std::span<const BatchColumn> batch_columns();  ///< of `batch`, behind its key and its job's
std::span<const FixedColumn> fixed_columns();  ///< of `batch_fixed`, behind the batch's key
/// Those that stand before the fingerprints. Whoever reads them alone asks for the length of the content's, too (read_batch()).
std::span<const FixedColumn> fixed_columns_without_fingerprints();
std::span<const ChainColumn> chain_columns();  ///< of `chain`, behind its job's key

/// "table.a, table.b"
template <class From, class To>
std::string select_list(std::string_view table, std::span<const Column<From, To>> columns) {
  std::string list;
  for (const auto& column : columns) {
    if (!list.empty()) list += ", ";
    (list += table).append(".").append(column.name);
  }
  return list;
}

/// Binds all of them, in their order.
template <class From, class To>
void bind_columns(Statement& statement, std::span<const Column<From, To>> columns, const From& from) {
  for (const auto& column : columns) column.bind(statement, from);
}

/// Reads them from `place` on, which is moved behind them. What a column says is damaged: its name; nullptr: nothing.
template <class From, class To>
const std::string_view* read_columns(const Statement& row, std::span<const Column<From, To>> columns, int& place, To& to) {
  for (const auto& column : columns) {
    if (!column.read(row, place++, to)) return &column.name;
  }
  return nullptr;
}

}  // namespace switchboard::ledger
