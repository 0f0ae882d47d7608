#include "host/engine/plan/row_gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <string_view>
#include <vector>

#include "core/base/operation.h"
#include "core/base/same_as.h"
#include "core/base/shared_text.h"
#include "host/engine/job/codes.h"

namespace switchboard::engine {

namespace {

constexpr std::uint64_t kDelivered = 1, kMaybe = 2;

static_assert(std::ranges::none_of(kOperations, &OperationTraits::takes_back),
              "who said no, is suppressed, or was delivered by another job is passed over here whatever the job does: one that takes back "
              "is for just those");

/// What is said of rows in great number: their texts are made once for all of them.
struct Said {
  Said(std::string_view of_code, std::string_view of_message) : code(SharedText::forever(of_code)), message(SharedText::forever(of_message)) {}
  RowOutcome skipped() const { return {Outcome::Skipped, code, {}, {}, message}; }
  SharedText code, message;
};

const char* key_of(const mapping::Contact& contact) {
  using KnownBy = mapping::Contact::KnownBy;
  return contact.known_by == KnownBy::Number ? "number" : contact.known_by == KnownBy::Address ? "e-mail address" : "id";
}

}  // namespace

Result<void> RowGate::load_sent(ledger::SentIndex& index, const ledger::JobInfo& job) {
  if (!options_.only_new && !options_.resumes) return {};
  sent_.may_come(job.rows_read);
  const auto since_ms = options_.only_new ? 0 : job.started_ms;
  // While some are added the next are read, which takes as long.
  constexpr std::size_t kTogether = 4096;
  std::vector<Sent> read, added;
  std::future<void> adding;
  const auto add_read = [&] {
    if (adding.valid()) adding.get();
    added.swap(read);
    read.clear();
    adding = std::async(std::launch::async | std::launch::deferred, [&] { add_sent(added); });
  };
  const auto done = index.for_each_sent(job, since_ms, [&](const Fingerprint& content, bool delivered) {
    read.push_back({content, delivered});
    if (read.size() == kTogether) add_read();
  });
  if (!done) return done.error();
  add_read();
  adding.get();
  return {};
}

void RowGate::add_sent(std::span<const Sent> all) {
  // Each has its place anywhere in a table that is larger than a core's cache: it is fetched while those before it are added.
  constexpr std::size_t kAhead = 16;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + kAhead < all.size()) sent_.prefetch(all[i + kAhead].content);
    if (all[i].delivered)
      sent_.assign(all[i].content, kDelivered);
    else
      sent_.insert(all[i].content, kMaybe);
  }
}

void RowGate::remember(RowId row, const Fingerprint& identity, const RowOutcome& outcome) {
  // A duplicate is not the first of its kind: the first one may stand in a batch that was never saved.
  if (options_.duplicates != Duplicates::First || outcome.code == code::kDuplicate || outcome.code == code::kSameNumber ||
      outcome.code == code::kSameKey)
    return;
  seen_.insert(identity, place_of(row));
}

std::optional<RowOutcome> RowGate::refusal(const mapping::Contact& contact) const {
  if (!contact.opted_out.empty()) return RowOutcome{Outcome::Skipped, code::kOptedOut, {}, {}, contact.opted_out};
  const bool suppressed = contact.suppressed ? *contact.suppressed : options_.suppressed && options_.suppressed(contact);
  if (!suppressed) return std::nullopt;
  static const Said listed(code::kSuppressed, "on the suppression list");
  return listed.skipped();
}

RowOutcome RowGate::judge(RowId row, const mapping::Contact& contact) {
  FingerprintTable::Known known;
  if (options_.duplicates == Duplicates::First) {
    known = seen_.insert(contact.identity, place_of(row), contact.name_hash);
  } else if (options_.duplicates == Duplicates::Last) {
    known = seen_.find(contact.identity);
  }
  if (auto refused = refusal(contact)) return *std::move(refused);
  if (known.row != 0 && known.row != place_of(row)) {
    RowOutcome outcome;
    const bool renamed = known.note != 0 && contact.name_hash != 0 && known.note != contact.name_hash;
    const auto first = text_of(known.row);
    outcome.outcome = Outcome::Skipped;
    outcome.code = !renamed ? code::kDuplicate : contact.known_by == mapping::Contact::KnownBy::Number ? code::kSameNumber : code::kSameKey;
    outcome.message = same_as(renamed ? key_of(contact) : "contact", first, renamed);
    return outcome;
  }
  if (knows_sent()) {
    if (auto elsewhere = delivered_elsewhere(contact); elsewhere.outcome != Outcome::Pending) return elsewhere;
  }
  if (const auto owner = own_ids_.insert(contact.own_id, place_of(row)).row; owner != 0 && owner != place_of(row)) {
    return {Outcome::Rejected, code::kNotUnique, own_id_field_, "",
            fmt::format("\"{}\" has the same value as in row {}, which is another contact; give each its own, or leave the "
                        "column out.",
                        own_id_field_, text_of(owner))};
  }
  return {};
}

RowOutcome RowGate::judge_again(const mapping::Contact& contact) const {
  if (auto refused = refusal(contact)) return *std::move(refused);
  return delivered_elsewhere(contact);
}

RowOutcome RowGate::delivered_elsewhere(const mapping::Contact& contact) const {
  const auto sent = sent_.find(contact.content).row;
  if (sent == 0) return {};
  static const Said delivered(code::kAlreadyDelivered, "another job delivered this contact unchanged");
  static const Said maybe(code::kMayBeDelivered, "another job sent this contact, and it is not known what became of it; resume that job");
  return (sent == kDelivered ? delivered : maybe).skipped();
}

}  // namespace switchboard::engine
