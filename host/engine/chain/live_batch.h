#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/batch_record.h"
#include "core/ledger/chain_record.h"
#include "host/connectors/connector.h"
#include "host/engine/chain/chain.h"
#include "host/engine/chain/circle.h"
#include "host/engine/chain/in_flight.h"

namespace switchboard::engine {

/// Outcomes, Pending left out: by row, as the ledger counts them, and by contact.
struct Counts {
  OutcomeCounts rows, contacts;
};
Counts counts_of(const ledger::BatchRecord& record);

using Values = std::vector<std::optional<std::string>>;

/// A batch in memory: what the ledger has of it, and the contacts that are still to be settled. Where a row has several
/// contacts, each is what the engine calls a row: sent, answered and decided by itself. Only counts are of rows.
struct LiveBatch {
  static constexpr std::uint32_t kNobody = UINT32_MAX;

  std::mutex mutex;  ///< guards everything below but `values`, which is fixed once chains exist
  ledger::BatchRecord record;
  std::vector<Values> values;        ///< by contact; empty for those that are not sent
  std::vector<std::uint32_t> owner;  ///< by contact: the chain that decides it
  std::uint32_t next_chain = 0;
  bool saved = false;     ///< the ledger has it
  bool changed = false;   ///< since it was saved
  Counts counted;         ///< as the ledger has them
  std::vector<Values> spare_values;  ///< empty, with room for a contact's

  /// As a new one, with the room that it has.
  void begin_anew();
};

/// A chain in memory. Owned by one thread at a time.
struct LiveChain {
  std::shared_ptr<LiveBatch> batch;  ///< shared: it lives as long as its last chain
  std::uint32_t number = 0;
  std::vector<std::uint32_t> rows;  ///< indices of the batch's contacts
  Cursor cursor;
  std::string id;
  std::uint32_t round = 0;       ///< how often its rows were found absent or sent back before
  bool recovered = false;        ///< the ledger says that a request was out when the process died
  bool begun = false;            ///< a sender has had it
  bool cleared = false;          ///< the ledger says that it may leave at any moment (ChainPhase::Cleared)
  bool looks = false;            ///< it rested, and now reads a list of the account with others
  std::uint64_t known = 0;       ///< SharedPages: what it knows had happened then
  InFlight::Place place;         ///< from its first request until its last answer
  std::uint64_t credential = 0;  ///< generation of the credential that its last request carried
  std::string bucket;            ///< of its last request
  Circle circle;                 ///< of its requests
  std::uint64_t ticket = 0;      ///< number of its last request in the run, from 1
  std::string waiting_for;
  RowOutcome why;        ///< of rows that were sent back: code and message with which they were
  bool narrows = false;  ///< its rows are part of a batch that was not stored: where is the trouble?
  /// Rows that are to be sent once more; they go out together when this chain has ended.
  std::unique_ptr<LiveChain> sent_back;

  // What the connector is shown, built once.
  std::vector<std::span<const std::optional<std::string>>> cells;
  std::vector<std::string_view> row_ids;
  std::unique_ptr<char[]> row_names;    ///< what they are made of, one piece of memory for all
  mutable connectors::KeptTable table;  ///< what the connector's session made of it
};

/// Words that name rows and chains to connectors: unique in the job, stable across restarts.
struct Names {
  static constexpr std::size_t kLongestPrefix = 32, kLongestRow = kLongestPrefix + RowId::kLongestText;

  explicit Names(const std::string& job_id);
  /// Behind it; there is room for kLongestRow.
  char* write_row(RowId row, char* out) const;
  std::string chain(std::uint64_t seq, std::uint32_t number) const;

 private:
  std::string job_;
  std::array<char, kLongestPrefix> row_prefix_{};
  std::size_t prefix_size_;
};

/// A new chain over these rows, which it owns from now on. The batch's mutex is held, or the batch is not
/// shared yet.
LiveChain make_chain(const std::shared_ptr<LiveBatch>& batch, std::vector<std::uint32_t> rows,
                     const Cursor& cursor, const Names& names);
/// The chain of a record; it takes its rows over from chains with a lower number (which sent them back).
LiveChain revive_chain(const std::shared_ptr<LiveBatch>& batch, const ledger::ChainRecord& record,
                       const Names& names, std::int64_t now_ms);

/// Gives the chain further rows of its batch. The batch's mutex is held.
void add_rows(LiveChain& chain, const std::vector<std::uint32_t>& rows, const Names& names);

/// How a chain that has no request out is written: one in doubt stays "sending", so that resume treats it as
/// such.
inline ledger::ChainPhase resting_phase(const Cursor& cursor) {
  return cursor.doubt ? ledger::ChainPhase::Sending : ledger::ChainPhase::Ready;
}
ledger::ChainRecord record_of(const LiveChain& chain, ledger::ChainPhase phase);
connectors::BatchView view_of(const LiveChain& chain, const std::vector<std::string>& columns,
                              std::size_t fields);

/// What an answer did to the rows of a chain.
struct Applied {
  std::vector<std::uint32_t> send_again;  ///< ABSENT and RESEND
  RowOutcome why;                         ///< code and message of the first RESEND
  bool delivered = false;
};
/// Writes the connector's results into the batch. A row keeps its first final outcome; only RECONCILE may
/// clear up an unknown one. The batch's mutex is held.
Applied apply_results(LiveChain& chain, const std::vector<connectors::RowResult>& results);

/// Indices of the chain's own rows that have no outcome. The batch's mutex is held.
std::vector<std::uint32_t> undecided_rows(const LiveChain& chain);

/// The rows by the fields that they fill, each group in order, the groups by their first row. The rows' values are there.
std::vector<std::vector<std::uint32_t>> by_filled_fields(const LiveBatch& batch, const std::vector<std::uint32_t>& rows);

/// Parts of at most `size` rows, in order, as even as can be.
std::vector<std::vector<std::uint32_t>> in_parts(const std::vector<std::uint32_t>& rows, std::size_t size);


}  // namespace switchboard::engine
