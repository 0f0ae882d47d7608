#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/outcome.h"
#include "core/base/row_id.h"
#include "core/ledger/batch_record.h"

/// Rows and the contacts that they gave (BatchRecord::parts).
namespace switchboard::ledger {

inline std::size_t row_count(const BatchRecord& batch) { return batch.lines.size(); }

/// Calls `visit(row, first, count)` for every row of a batch, in order: its index, and the indices of its contacts.
template <class Visit>
void each_row(const BatchRecord& batch, Visit&& visit) {
  std::size_t first = 0;
  for (std::size_t row = 0; row < batch.lines.size(); ++row) {
    const std::size_t count = batch.parts.empty() ? 1 : batch.parts[row];
    visit(row, first, count);
    first += count;
  }
}

/// By contact: what it is called.
std::vector<RowId> row_ids(const BatchRecord& batch);

/// What pending is beside other outcomes of the row: work that is left, or (a check) good enough to be sent.
enum class Pending { IsOpen, IsReady };

/// The index of the contact whose outcome is the row's: the most serious one (OutcomeTraits), the first of equals. Not of none.
std::size_t most_serious(std::span<const RowOutcome> contacts, Pending pending = Pending::IsOpen);

/// How many rows have each outcome; Pending, which is what is left of a job, as 0.
OutcomeCounts decided_rows(const BatchRecord& batch);
/// Its contacts that were delivered, or whose fate is unknown.
std::uint64_t sent_contacts(std::span<const RowOutcome> contacts);

}  // namespace switchboard::ledger
