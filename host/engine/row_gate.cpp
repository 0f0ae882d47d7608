#include "host/engine/row_gate.h"

#include "fmt/format.h"
#include "host/engine/codes.h"

namespace switchboard::engine {

Result<void> RowGate::load_delivered(ledger::Ledger& ledger, const std::string& account,
                                     const std::string& job_id) {
  if (!options_.only_new) return {};
  return ledger.for_each_delivered(account, job_id,
                                   [this](const Fingerprint& content) { delivered_.insert(content, 1); });
}

void RowGate::remember(std::uint64_t row, const Fingerprint& identity, const RowOutcome& outcome) {
  // A duplicate is not the first of its kind: the first one may stand in a batch that was never saved.
  if (options_.duplicates != Duplicates::First || outcome.code == code::kDuplicate) return;
  seen_.insert(identity, row);
}

RowOutcome RowGate::judge(std::uint64_t row, const mapping::Contact& contact) {
  std::uint64_t other = 0;
  if (options_.duplicates == Duplicates::First) {
    other = seen_.insert(contact.identity, row);
  } else if (options_.duplicates == Duplicates::Last) {
    other = seen_.find(contact.identity);
  }
  RowOutcome outcome;
  outcome.outcome = Outcome::Skipped;
  if (options_.suppressed && options_.suppressed(contact)) {
    outcome.code = code::kSuppressed;
    outcome.message = "on the suppression list";
  } else if (other != 0 && other != row) {
    outcome.code = code::kDuplicate;
    outcome.message = fmt::format("the same contact as row {}", other);
  } else if (options_.only_new && delivered_.contains(contact.content)) {
    outcome.code = code::kAlreadyDelivered;
    outcome.message = "an earlier job delivered this contact unchanged";
  } else {
    outcome.outcome = Outcome::Pending;
  }
  return outcome;
}

}  // namespace switchboard::engine
