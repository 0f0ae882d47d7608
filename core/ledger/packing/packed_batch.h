#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/batch_record.h"

namespace switchboard::ledger {

/// What of a batch never changes: its columns, each with its name in kFixedNames, in the order in which they lie on the disk: those that are
/// nearly all of it last, so that who wants the others alone reads past none of it. One more is a line in both, what packs, unpacks and
/// counts it in packed_batch.cpp (else that does not compile), and a migration.
enum class Fixed : std::uint8_t { Parts, Lines, Warnings, Identity, Content };
inline constexpr std::array<std::string_view, 5> kFixedNames = {"parts", "lines", "warnings", "identity", "content"};
static_assert(kFixedNames.size() == static_cast<std::size_t>(Fixed::Content) + 1);

/// A text for each of them.
template <class Text>
struct FixedColumns {
  std::array<Text, kFixedNames.size()> each;
  Text& operator[](Fixed column) { return each[static_cast<std::size_t>(column)]; }
  const Text& operator[](Fixed column) const { return each[static_cast<std::size_t>(column)]; }
};

/// The columns of a batch as they are kept; borrowed.
struct BatchColumns {
  std::uint64_t seq = 0, first_row = 0, row_count = 0, contacts = 0;
  std::string_view outcomes;
  FixedColumns<std::string_view> fixed;
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

using PackedFixed = FixedColumns<std::string>;
/// For a batch that pack_outcomes_of() takes.
PackedFixed pack_fixed(const BatchRecord& batch);

/// nullopt: pack_fixed() and pack_outcomes_of() cannot have written this.
std::optional<BatchRecord> unpack_batch(const BatchColumns& columns);

}  // namespace switchboard::ledger
