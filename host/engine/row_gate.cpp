#include "host/engine/row_gate.h"

#include "fmt/format.h"
#include "host/engine/codes.h"

namespace switchboard::engine {

namespace {

constexpr std::uint64_t kDelivered = 1, kMaybe = 2;

}  // namespace

Result<void> RowGate::load_sent(ledger::Ledger& ledger, const std::string& account, const std::string& job_id) {
  if (!options_.only_new) return {};
  return ledger.for_each_sent(account, job_id, [this](const Fingerprint& content, bool delivered) {
    if (delivered)
      sent_.assign(content, kDelivered);
    else
      sent_.insert(content, kMaybe);
  });
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
  } else if (const auto sent = options_.only_new ? sent_.find(contact.content) : 0; sent == kDelivered) {
    outcome.code = code::kAlreadyDelivered;
    outcome.message = "an earlier job delivered this contact unchanged";
  } else if (sent == kMaybe) {
    outcome.code = code::kMayBeDelivered;
    outcome.message = "an earlier job sent this contact, and it is not known what became of it; resume that job";
  } else {
    outcome.outcome = Outcome::Pending;
  }
  return outcome;
}

}  // namespace switchboard::engine
