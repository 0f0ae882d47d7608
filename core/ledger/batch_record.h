#pragma once

#include <cstddef>
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
  bool operator==(const RowWarning&) const = default;
};

/// Consecutive rows of the source that are planned together: those to send, and those that were rejected or
/// skipped among them. `lines` and `parts` have one entry a row, `rows`, `identity` and `content` one a contact, which is
/// the same where rows hold one each (contacts_of_rows.h goes from one to the other). The planner fills it (host/engine/plan/planner.cpp);
/// what is added here is packed in packing/packed_batch.cpp.
struct BatchRecord {
  std::uint64_t seq = 0;        ///< from 0, in source order
  std::uint64_t first_row = 1;  ///< rows are first_row, first_row + 1, …
  std::vector<std::uint64_t> lines;
  std::vector<std::uint8_t> parts;  ///< how many contacts each row gave, 1 to kMostPartsOfRow; empty: one each
  std::vector<RowOutcome> rows;
  std::vector<Fingerprint> identity, content;
  std::vector<RowWarning> warnings;

  void reserve(std::size_t contacts) {
    lines.reserve(contacts);
    parts.reserve(contacts);
    rows.reserve(contacts);
    identity.reserve(contacts);
    content.reserve(contacts);
  }
  /// As a new one, with the room that it has. All members, or it does not compile.
  void clear() {
    auto& [number, row, all_lines, all_parts, outcomes, identities, contents, said] = *this;
    number = 0;
    row = 1;
    all_lines.clear();
    all_parts.clear();
    outcomes.clear();
    identities.clear();
    contents.clear();
    said.clear();
  }
  /// The next row, and then each of its contacts. Whatever is kept of them has a parameter, so that nobody who adds one forgets it.
  void add_row(std::uint64_t line, std::size_t contacts) {
    lines.push_back(line);
    parts.push_back(static_cast<std::uint8_t>(contacts));
  }
  /// Its outcome, which is pending.
  RowOutcome& add_contact(const Fingerprint& of_identity, const Fingerprint& of_content) {
    identity.push_back(of_identity);
    content.push_back(of_content);
    return rows.emplace_back();
  }
  bool operator==(const BatchRecord&) const = default;
};

}  // namespace switchboard::ledger
