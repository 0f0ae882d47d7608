#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/operation.h"
#include "core/base/outcome.h"
#include "host/connectors/connector.h"
#include "host/engine/chain/carried_out.h"
#include "host/engine/chain/rules.h"
#include "host/engine/job/stop.h"

namespace switchboard::engine {

/// Where a chain stands. The first group is what the ledger keeps, the second is known to this run alone.
struct Cursor {
  Operation op = Operation::Import;
  std::uint32_t step = 0, attempt = 0, replay = 0;  ///< as in switchboard/abi.h
  std::int64_t started_ms = 0;  ///< of the first request; the poll deadline counts from here
  std::int64_t not_before_ms = 0;
  std::string state;
  std::string import_state;  ///< of a question: the state of the import that it is about, of the very same rows; empty: none
  CarriedOut carried_out;

  bool progressed =
      false;  ///< an earlier request was carried out: the rows may be stored, though nothing says so yet
  bool doubt = false;          ///< a request of this step may have been carried out without our knowing
  std::uint32_t failures = 0;  ///< in a row, of this step
  std::uint32_t polls = 0, throttles = 0, renewals = 0;
  std::int64_t step_started_ms = 0;
  std::int64_t throttled_ms = 0;  ///< how long this step was made to wait by the vendor
  std::string in_doubt_by;        ///< of a question: what came instead of the answer that it is about; empty: an earlier run's
  std::uint32_t in_doubt_status = 0;  ///< its HTTP status; 0: no HTTP answer
};

/// What came back for a request, or took its place.
struct Answer {
  enum class Kind {
    Decoded,   ///< an HTTP answer that the connector understood
    Nothing,   ///< no HTTP answer: `transport` says why
    Broken,    ///< the connector broke its contract on the answer
    Unsent,    ///< the connector broke its contract before anything was sent
    Recovered  ///< the ledger says that a request was out when the process died
  };
  Kind kind = Kind::Decoded;
  std::uint32_t http_status = 0, transport = 0;
  connectors::Directive directive;
  std::optional<Fingerprint> request;  ///< what it answered, where the chain goes on after a request that may not be sent again
  std::size_t rows = 0;       ///< of the chain
  std::size_t undecided = 0;  ///< rows that have no outcome after this answer, or (RECONCILE) only `unknown`
  std::size_t unknown = 0;    ///< of those, the ones that are `unknown`: by this answer, an earlier one, or a stop
  std::string detail;         ///< of Nothing, Broken, Unsent; for people
};

/// What to do with the chain.
struct Verdict {
  enum class Move {
    Finish,     ///< it is over; rows without an outcome take `rest`
    Continue,   ///< its next request, from `next`
    Split,      ///< its undecided rows in two new chains
    Shrink,     ///< its undecided rows in new chains of half the size, and so all later ones
    Reconcile,  ///< the same chain asks the vendor what it has, from `next`
    Keep,       ///< nothing more in this run; it stays in the ledger as `next`, for resume
    Leave,      ///< the same, but the job may end without it: the vendor is at work, and who wants to know asks later
  };
  enum class Health { Neutral, Useful, GaveUp };

  Move move = Move::Finish;
  Cursor next;
  RowOutcome rest;  ///< of Finish, Keep and Leave; Pending: rows without an outcome stay so
  std::optional<Stop> stop;
  std::int64_t throttle_until_ms = 0;  ///< not 0: the bucket pauses
  bool renew = false;                  ///< mint the credential anew before the next request
  std::optional<std::string> broken;   ///< the connector is to blame: for what
  bool single_refused = false;         ///< a single row was refused by SPLIT
  Health health = Health::Neutral;     ///< what this says about the vendor
  std::string waiting_for;             ///< why `next` waits, for the progress display
  std::string trouble;                 ///< with GaveUp and Keep: what the vendor did instead of answering
};

/// The whole policy of a chain, without any I/O: what follows from an answer. `now_ms` is when it came.
/// Rule over all: a row is only called Failed ("nothing is stored") where that is certain, and a request that
/// may have been carried out is only sent again where its replay class allows it.
Verdict judge(const Cursor& at, const Answer& answer, const ChainRules& rules,
              const std::function<double()>& dice, std::int64_t now_ms);

/// The cursor of a chain that begins now.
Cursor fresh_cursor(Operation op, std::int64_t now_ms);

/// True where its next request sends rows: the first of an import.
inline bool sends_rows(const Cursor& at) { return traits_of(at.op).changes && at.step == 0; }

/// True where a stop leaves the chain in the ledger, because its rows may be stored.
bool may_be_stored(const Cursor& at);

}  // namespace switchboard::engine
