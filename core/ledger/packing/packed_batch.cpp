#include "core/ledger/packing/packed_batch.h"

#include <algorithm>
#include <numeric>

#include "core/base/member_count.h"
#include "core/ledger/contacts_of_rows.h"
#include "core/ledger/packing/column_coding.h"

namespace switchboard::ledger {

static_assert(member_count<BatchRecord>() == kFixedNames.size() + 3,
              "of a batch something is neither a number of the ledger's row, nor in `rows`, nor packed below and unpacked");

Result<PackedOutcomes> pack_outcomes_of(const BatchRecord& batch) {
  const std::size_t rows = batch.lines.size(), contacts = batch.rows.size();
  bool is_whole = rows <= kMaxBatchRows && contacts <= kMaxBatchContacts && batch.identity.size() == contacts &&
                  batch.content.size() == contacts;
  if (batch.parts.empty()) {
    is_whole &= contacts == rows;
  } else {
    is_whole &= batch.parts.size() == rows && std::accumulate(batch.parts.begin(), batch.parts.end(), std::size_t{0}) == contacts;
    for (const auto count : batch.parts) is_whole &= count > 0 && count <= kMostPartsOfRow;
  }
  if (is_whole && !batch.warnings.empty()) {
    const auto ids = row_ids(batch);
    for (const auto& warning : batch.warnings) {
      is_whole &= std::binary_search(ids.begin(), ids.end(), warning.row, [](RowId a, RowId b) { return a.code() < b.code(); });
    }
  }
  if (!is_whole) {
    return Error{ErrorKind::Internal,
                 "The ledger was given a batch " + std::to_string(batch.seq) + " that is not whole.", ""};
  }
  return PackedOutcomes{batch.seq,           batch.first_row,           rows, contacts, decided_rows(batch),
                        sent_contacts(batch.rows), pack_outcomes(batch.rows)};
}

PackedFixed pack_fixed(const BatchRecord& batch) {
  PackedFixed fixed = pack_fixed_without_fingerprints(batch);
  fixed[Fixed::Identity] = pack_fingerprints(batch.identity);
  fixed[Fixed::Content] = pack_fingerprints(batch.content);
  return fixed;
}

PackedFixed pack_fixed_without_fingerprints(const BatchRecord& batch) {
  PackedFixed fixed;
  fixed[Fixed::Parts] = pack_parts(batch.parts);
  fixed[Fixed::Lines] = pack_lines(batch.lines);
  fixed[Fixed::Warnings] = pack_warnings(batch.warnings, batch.warnings.empty() ? std::vector<RowId>() : row_ids(batch));
  return fixed;
}

namespace {

/// Most batches have no warning; telling so takes the ids of no row.
bool is_packed_nothing(std::string_view warnings) {
  static const std::string none = pack_warnings({}, {});
  return warnings == none;
}

}  // namespace

std::optional<BatchRecord> unpack_batch(const BatchColumns& columns) {
  if (columns.row_count > kMaxBatchRows || columns.contacts > kMaxBatchContacts) return std::nullopt;
  const auto row_count = static_cast<std::size_t>(columns.row_count);
  const auto contacts = static_cast<std::size_t>(columns.contacts);
  // Fingerprints first: their size proves the count before anything of that size is made.
  const auto fingerprints = [&](std::string_view packed) {
    return columns.has_fingerprints ? unpack_fingerprints(packed, contacts) : std::optional(std::vector<Fingerprint>(contacts));
  };
  const auto& fixed = columns.fixed;
  auto identity = fingerprints(fixed[Fixed::Identity]);
  auto content = fingerprints(fixed[Fixed::Content]);
  if (!identity || !content) return std::nullopt;
  auto parts = unpack_parts(fixed[Fixed::Parts], row_count);
  if (!parts || (parts->empty() ? row_count : std::accumulate(parts->begin(), parts->end(), std::size_t{0})) != contacts)
    return std::nullopt;
  auto lines = unpack_lines(fixed[Fixed::Lines], row_count);
  auto rows = unpack_outcomes(columns.outcomes, contacts);
  if (!lines || !rows) return std::nullopt;
  BatchRecord batch{.seq = columns.seq,
                    .first_row = columns.first_row,
                    .lines = std::move(*lines),
                    .parts = std::move(*parts),
                    .rows = std::move(*rows),
                    .identity = std::move(*identity),
                    .content = std::move(*content),
                    .warnings = {}};
  if (is_packed_nothing(fixed[Fixed::Warnings])) return batch;
  auto warnings = unpack_warnings(fixed[Fixed::Warnings], row_ids(batch));
  if (!warnings) return std::nullopt;
  batch.warnings = std::move(*warnings);
  return batch;
}

}  // namespace switchboard::ledger
