#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/batch_record.h"

namespace switchboard::ledger {

/// The columns of a batch as they are kept; borrowed.
struct BatchColumns {
  std::uint64_t seq = 0, first_row = 0, row_count = 0, contacts = 0;
  std::string_view parts, lines, outcomes, warnings, identity, content;
  bool has_fingerprints = true;  ///< false: identity and content were not kept, and are read as zero
};

/// What changes of a batch, packed, with what the batch is known by. Packing is work for the caller's thread, before it
/// waits for a commit.
struct PackedOutcomes {
  std::uint64_t seq = 0, first_row = 0, row_count = 0, contacts = 0;
  OutcomeCounts counts;    ///< of rows, without Pending
  std::uint64_t sent = 0;  ///< contacts that were delivered or whose fate is unknown
  std::string outcomes;
};
/// Error (ErrorKind::Internal): the vectors do not have one entry a row, or a contact, each.
Result<PackedOutcomes> pack_outcomes_of(const BatchRecord& batch);

/// What of a batch never changes, packed.
struct PackedFixed {
  std::string parts, lines, warnings, identity, content;
};
/// For a batch that pack_outcomes_of() takes.
PackedFixed pack_fixed(const BatchRecord& batch);
PackedFixed pack_fixed_without_fingerprints(const BatchRecord& batch);

/// nullopt: pack_fixed() and pack_outcomes_of() cannot have written this.
std::optional<BatchRecord> unpack_batch(const BatchColumns& columns);

}  // namespace switchboard::ledger
