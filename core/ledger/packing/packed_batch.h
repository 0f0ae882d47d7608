#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/records.h"

namespace switchboard::ledger {

/// The columns of a batch as they are kept; borrowed.
struct BatchColumns {
  std::uint64_t seq = 0, first_row = 0, row_count = 0;
  std::string_view lines, outcomes, warnings, identity, content;
};

/// A batch with its columns packed. Packing is work for the caller's thread, before it waits for a commit.
struct PackedBatch {
  std::uint64_t seq = 0, first_row = 0, row_count = 0;
  OutcomeCounts counts;  ///< without Pending
  std::string lines, outcomes, warnings, identity, content;

  BatchColumns columns() const { return {seq, first_row, row_count, lines, outcomes, warnings, identity, content}; }
};

/// Error (ErrorKind::Internal): the vectors do not have one entry a row each.
Result<PackedBatch> pack_batch(const BatchRecord& batch);

/// nullopt: pack_batch() cannot have written this.
std::optional<BatchRecord> unpack_batch(const BatchColumns& columns);

/// How many rows have each outcome; Pending, which is what is left of a job, as 0.
OutcomeCounts decided(std::span<const RowOutcome> rows);

}  // namespace switchboard::ledger
