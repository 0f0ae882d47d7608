#include "core/ledger/packing/packed_batch.h"

#include "core/ledger/packing/pack.h"

namespace switchboard::ledger {

OutcomeCounts decided(std::span<const RowOutcome> rows) {
  OutcomeCounts counts;
  for (const auto& row : rows) ++counts[row.outcome];
  counts[Outcome::Pending] = 0;
  return counts;
}

Result<PackedOutcomes> pack_outcomes_of(const BatchRecord& batch) {
  const std::size_t rows = batch.rows.size();
  bool is_whole = rows <= kMaxBatchRows && batch.lines.size() == rows && batch.identity.size() == rows &&
                  batch.content.size() == rows;
  for (const auto& warning : batch.warnings) {
    is_whole &= warning.row >= batch.first_row && warning.row - batch.first_row < rows;
  }
  if (!is_whole) {
    return Error{ErrorKind::Internal,
                 "The ledger was given a batch " + std::to_string(batch.seq) + " that is not whole.", ""};
  }
  return PackedOutcomes{batch.seq, batch.first_row, rows, decided(batch.rows), pack_outcomes(batch.rows)};
}

PackedFixed pack_fixed(const BatchRecord& batch) {
  return {pack_lines(batch.lines), pack_warnings(batch.warnings, batch.first_row), pack_fingerprints(batch.identity),
          pack_fingerprints(batch.content)};
}

std::optional<BatchRecord> unpack_batch(const BatchColumns& columns) {
  if (columns.row_count > kMaxBatchRows) return std::nullopt;
  const auto row_count = static_cast<std::size_t>(columns.row_count);
  // Fingerprints first: their size proves the count before anything of that size is made.
  auto identity = unpack_fingerprints(columns.identity, row_count);
  auto content = unpack_fingerprints(columns.content, row_count);
  if (!identity || !content) return std::nullopt;
  auto lines = unpack_lines(columns.lines, row_count);
  auto rows = unpack_outcomes(columns.outcomes, row_count);
  auto warnings = unpack_warnings(columns.warnings, columns.first_row, row_count);
  if (!lines || !rows || !warnings) return std::nullopt;
  return BatchRecord{columns.seq,          columns.first_row,   std::move(*lines),   std::move(*rows),
                     std::move(*identity), std::move(*content), std::move(*warnings)};
}

}  // namespace switchboard::ledger
