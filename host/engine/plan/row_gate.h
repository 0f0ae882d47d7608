#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "core/base/fingerprint_table.h"
#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/base/row_id.h"
#include "core/ledger/sent_index.h"
#include "core/mapping/rows/contact_mapper.h"
#include "host/engine/job/options.h"

namespace switchboard::engine {

/// Decides which acceptable rows are not sent on purpose: opted out, suppressed, already delivered, duplicates. Rows
/// come in source order. Every acceptable row counts as the first of its kind, also a suppressed or already
/// delivered one: else a nightly file with two versions of a contact would send the second one on the second
/// night.
class RowGate {
 public:
  /// `own_id_field`: for messages. `several`: rows may have several contacts. `scratch`: for what is more than some memory holds;
  /// nullptr: all of it is in memory.
  RowGate(const RunOptions& options, std::string own_id_field, bool several = false, ScratchPlace* scratch = nullptr)
      : options_(options), own_id_field_(std::move(own_id_field)), several_(several), room_{kRoom, scratch} {}

  /// Learns what other jobs delivered or may have: all of them where --only-new asks for it; for a job that is resumed
  /// those that were begun after it, which may have sent its rows meanwhile.
  Result<void> load_sent(ledger::SentIndex& index, const ledger::JobInfo& job);
  bool knows_sent() const { return !sent_.empty(); }

  /// At most so many rows come.
  void expect(std::uint64_t rows) {
    own_ids_.may_come(rows);
    if (options_.duplicates != Duplicates::Keep) seen_.expect(rows);
  }

  /// It is judged in a moment.
  void prefetch(const mapping::Contact& contact) const {
    seen_.prefetch(contact.identity);
    sent_.prefetch(contact.content);
  }

  /// First pass of Duplicates::Last: tells the gate of every acceptable row.
  void learn_last(RowId row, const mapping::Contact& contact) {
    seen_.assign(contact.identity, place_of(row), contact.name_hash);
  }

  /// A row that the ledger already holds.
  void remember(RowId row, const Fingerprint& identity, const RowOutcome& outcome);

  /// Pending: to be sent. Skipped or rejected: not, code and message say why.
  RowOutcome judge(RowId row, const mapping::Contact& contact);
  /// The part of it that holds for a row that was judged by an earlier run: who says no or was put on the suppression list since
  /// is not sent to.
  RowOutcome judge_again(const mapping::Contact& contact) const;
  /// A row of an earlier run: its own id is taken.
  void remember_own_id(RowId row, const mapping::Contact& contact) { own_ids_.insert(contact.own_id, place_of(row)); }

  /// What is known of rows could not be read back (Storage): what was judged since is worth nothing.
  std::optional<Error> failure() const {
    for (const auto* table : {&seen_, &sent_, &own_ids_}) {
      if (auto failure = table->failure()) return failure;
    }
    return std::nullopt;
  }
  /// For tables of others that know rows.
  FingerprintRoom& room() { return room_; }

 private:
  struct Sent {
    Fingerprint content;
    bool delivered = false;
  };
  void add_sent(std::span<const Sent> all);
  /// The contact, or the suppression list, says no; nullopt: neither does.
  std::optional<RowOutcome> refusal(const mapping::Contact& contact) const;
  /// Pending: as far as is known no other job sent it.
  RowOutcome delivered_elsewhere(const mapping::Contact& contact) const;

  static constexpr std::uint64_t kRoom = std::uint64_t{22} << 20;  ///< a million rows; the whole process takes three times as much

  /// Rows as the tables below keep them.
  std::uint64_t place_of(RowId row) const { return several_ ? row.code() : row.row; }
  std::string text_of(std::uint64_t place) const { return several_ ? RowId::of_code(place).text() : std::to_string(place); }

  const RunOptions& options_;
  const std::string own_id_field_;
  const bool several_;
  FingerprintRoom room_;
  /// First: identity → first row (place_of). Last: identity → last row. Noted is Contact::name_hash of that row, as far as known.
  FingerprintTable seen_{&room_};
  FingerprintTable sent_{&room_};     ///< content → delivered, or perhaps
  FingerprintTable own_ids_{&room_};  ///< own id → first row that has it (place_of)
};

}  // namespace switchboard::engine
