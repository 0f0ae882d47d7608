#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/outcome.h"
#include "core/base/row_id.h"

namespace switchboard::ledger {

/// A contact that was sent (or will be) although something about it is worth saying.
struct RowWarning {
  RowId row;
  std::string code, field, message;
};

/// Consecutive rows of the source that are planned together: those to send, and those that were rejected or
/// skipped among them. `lines` and `parts` have one entry a row, `rows`, `identity` and `content` one a contact, which is
/// the same where rows hold one each (contacts_of_rows.h goes from one to the other). What is added here is packed in packing/packed_batch.cpp.
struct BatchRecord {
  std::uint64_t seq = 0;        ///< from 0, in source order
  std::uint64_t first_row = 1;  ///< rows are first_row, first_row + 1, …
  std::vector<std::uint64_t> lines;
  std::vector<std::uint8_t> parts;  ///< how many contacts each row gave, 1 to kMostPartsOfRow; empty: one each
  std::vector<RowOutcome> rows;
  std::vector<Fingerprint> identity, content;
  std::vector<RowWarning> warnings;
};

}  // namespace switchboard::ledger
