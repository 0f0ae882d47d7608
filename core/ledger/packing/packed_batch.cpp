#include "core/ledger/packing/packed_batch.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/member_count.h"
#include "core/ledger/contacts_of_rows.h"
#include "core/ledger/packing/column_coding.h"

namespace switchboard::ledger {

static_assert(member_count<BatchRecord>() == kFixedNames.size() + 3,
              "of a batch something is neither a number of the ledger's row, nor in `rows`, nor a column of packed_batch.h");

namespace {

bool is_fingerprint(Fixed column) { return column == Fixed::Identity || column == Fixed::Content; }

/// Each column in its order, until `visit` says false.
template <class Visit>
bool each_fixed(const Visit& visit) {
  for (std::size_t i = 0; i < kFixedNames.size(); ++i)
    if (!visit(static_cast<Fixed>(i))) return false;
  return true;
}

// What holds for one column is said in three switches, none of which has a default: a column that is packed and never read, or whose
// size nobody looks at, does not compile.

/// Whether it has one entry a row, or a contact, and stands for what packing can write.
bool is_whole(const BatchRecord& batch, Fixed column) {
  const std::size_t rows = batch.lines.size(), contacts = batch.rows.size();
  switch (column) {
    case Fixed::Identity:
      return batch.identity.size() == contacts;
    case Fixed::Content:
      return batch.content.size() == contacts;
    case Fixed::Parts:
      if (batch.parts.empty()) return contacts == rows;
      return batch.parts.size() == rows && std::accumulate(batch.parts.begin(), batch.parts.end(), std::size_t{0}) == contacts &&
             std::ranges::all_of(batch.parts, [](auto count) { return count > 0 && count <= kMostPartsOfRow; });
    case Fixed::Lines:
      return rows <= kMaxBatchRows;  // how many there are is how many rows there are
    case Fixed::Warnings: {
      if (batch.warnings.empty()) return true;
      const auto ids = row_ids(batch);
      return std::ranges::all_of(batch.warnings, [&](const RowWarning& warning) {
        return std::binary_search(ids.begin(), ids.end(), warning.row, [](RowId a, RowId b) { return a.code() < b.code(); });
      });
    }
  }
  return false;
}

std::string pack(const BatchRecord& batch, Fixed column) {
  switch (column) {
    case Fixed::Identity:
      return pack_fingerprints(batch.identity);
    case Fixed::Content:
      return pack_fingerprints(batch.content);
    case Fixed::Parts:
      return pack_parts(batch.parts);
    case Fixed::Lines:
      return pack_lines(batch.lines);
    case Fixed::Warnings:
      return pack_warnings(batch.warnings, batch.warnings.empty() ? std::vector<RowId>() : row_ids(batch));
  }
  return {};
}

/// Into its place; false: there is none.
template <class T>
bool put(std::optional<T> unpacked, T& place) {
  if (unpacked) place = std::move(*unpacked);
  return unpacked.has_value();
}

/// Most batches have no warning; telling so takes the ids of no row.
bool is_packed_nothing(std::string_view warnings) {
  static const std::string none = pack_warnings({}, {});
  return warnings == none;
}

/// Into `batch`, which has those before it.
bool unpack(const BatchColumns& columns, Fixed column, BatchRecord& batch) {
  const auto rows = static_cast<std::size_t>(columns.row_count), contacts = static_cast<std::size_t>(columns.contacts);
  const std::string_view packed = columns.fixed[column];
  switch (column) {
    case Fixed::Identity:
      return put(unpack_fingerprints(packed, contacts), batch.identity);
    case Fixed::Content:
      return put(unpack_fingerprints(packed, contacts), batch.content);
    case Fixed::Parts:
      return put(unpack_parts(packed, rows), batch.parts) &&
             (batch.parts.empty() ? rows : std::accumulate(batch.parts.begin(), batch.parts.end(), std::size_t{0})) == contacts;
    case Fixed::Lines:
      return put(unpack_lines(packed, rows), batch.lines);
    case Fixed::Warnings:
      return is_packed_nothing(packed) || put(unpack_warnings(packed, row_ids(batch)), batch.warnings);
  }
  return false;
}

}  // namespace

Result<PackedOutcomes> pack_outcomes_of(const BatchRecord& batch) {
  const std::size_t rows = batch.lines.size(), contacts = batch.rows.size();
  if (contacts > kMaxBatchContacts || !each_fixed([&](Fixed column) { return is_whole(batch, column); })) {
    return Error{ErrorKind::Internal,
                 "The ledger was given a batch " + std::to_string(batch.seq) + " that is not whole.", ""};
  }
  return PackedOutcomes{batch.seq,           batch.first_row,           rows, contacts, decided_rows(batch),
                        sent_contacts(batch.rows), pack_outcomes(batch.rows)};
}

PackedFixed pack_fixed(const BatchRecord& batch) {
  PackedFixed fixed;
  each_fixed([&](Fixed column) { return fixed[column] = pack(batch, column), true; });
  return fixed;
}

std::optional<BatchRecord> unpack_batch(const BatchColumns& columns) {
  if (columns.row_count > kMaxBatchRows || columns.contacts > kMaxBatchContacts) return std::nullopt;
  const auto contacts = static_cast<std::size_t>(columns.contacts);
  BatchRecord batch;
  batch.seq = columns.seq;
  batch.first_row = columns.first_row;
  if (!columns.has_fingerprints) {
    batch.identity.resize(contacts);
    batch.content.resize(contacts);
  }
  const auto unpack_all = [&](bool fingerprints) {
    return each_fixed([&](Fixed column) { return is_fingerprint(column) != fingerprints || unpack(columns, column, batch); });
  };
  // Fingerprints first: their size proves the count before anything of that size is made.
  if ((columns.has_fingerprints && !unpack_all(true)) || !unpack_all(false)) return std::nullopt;
  if (!put(unpack_outcomes(columns.outcomes, contacts), batch.rows)) return std::nullopt;
  return batch;
}

}  // namespace switchboard::ledger
