#pragma once

#include <cstdint>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/ledger.h"
#include "core/mapping/mapper.h"
#include "host/engine/engine.h"
#include "host/engine/fingerprint_table.h"

namespace switchboard::engine {

/// Decides which acceptable rows are not sent on purpose: suppressed, already delivered, duplicates. Rows
/// come in source order. Every acceptable row counts as the first of its kind, also a suppressed or already
/// delivered one: else a nightly file with two versions of a contact would send the second one on the second
/// night.
class RowGate {
 public:
  explicit RowGate(const RunOptions& options) : options_(options) {}

  /// Learns what earlier jobs delivered or may have, where --only-new asks for it.
  Result<void> load_sent(ledger::Ledger& ledger, const std::string& account, const std::string& job_id);

  /// First pass of Duplicates::Last: tells the gate of every acceptable row.
  void learn_last(std::uint64_t row, const mapping::Contact& contact) { seen_.assign(contact.identity, row); }

  /// A row that the ledger already holds.
  void remember(std::uint64_t row, const Fingerprint& identity, const RowOutcome& outcome);

  /// Pending: to be sent. Skipped: not, code and message say why.
  RowOutcome judge(std::uint64_t row, const mapping::Contact& contact);

  std::uint64_t memory_bytes() const { return seen_.memory_bytes() + sent_.memory_bytes(); }

 private:
  const RunOptions& options_;
  FingerprintTable seen_;  ///< First: identity → first row. Last: identity → last row
  FingerprintTable sent_;  ///< content → delivered, or perhaps
};

}  // namespace switchboard::engine
