// What encode() and decode() work with, each in one place, and where the chain stands: functions that ask or read something are
// members of a struct of the connector's own, and need not hand five things on to each other.
//
//   struct Chain {
//     enum class Phase : std::uint8_t { Send, … };              // within it; members and members() as chain_state.h has them
//     void begin(const Connector&, const kit::Batch&, const kit::Step& step);   // the chain's first step
//     void check(const Connector&);                            // optional: of what a saved state may not say
//   };
//   struct Asking : kit::Asking<Connector, Chain> {            // request.cpp
//     kit::Request request() const;
//     kit::Request upload() const;
//   };
//   struct Reading : kit::Reading<Connector, Chain> {
//     void read();                                             // response.cpp
//     void upload(const kit::Json& json);
//     void page(const kit::Json& json);                        // lookup.cpp
//   };
//   void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
//     out.put(Asking{{*this, batch, step}}.request());
//   }
//   void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
//     Reading{{*this, batch, step, response, answer}}.read();
//   }
#pragma once

#include <switchboard/kit/answer.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/chain_state.h>
#include <switchboard/kit/fault.h>
#include <switchboard/kit/paging.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace switchboard::kit {

/// The chain as the step's state says, or at its beginning.
template <class Chain, class Connector>
Chain chain_of(const Connector& connector, const Batch& batch, const Step& step) {
  Chain chain;
  if (!read_state(step, batch, chain)) {
    chain.begin(connector, batch, step);
  } else if constexpr (requires { chain.check(connector); }) {
    chain.check(connector);
  }
  return chain;
}

template <class Connector, class Chain>
struct Asking {
  const Connector& connector;
  const Batch& batch;
  const Step& step;
  Chain chain = chain_of<Chain>(connector, batch, step);

  using Phase = typename Chain::Phase;
};

template <class Connector, class Chain>
struct Reading {
  const Connector& connector;
  const Batch& batch;
  const Step& step;
  const Response& response;
  Answer& answer;
  Chain chain = chain_of<Chain>(connector, batch, step);

  using Phase = typename Chain::Phase;

  bool reconciling() const { return step.is(Operation::Reconcile); }

  /// Ends decode(): encode() again with step + 1 and this chain, after the delay.
  void go_on(std::uint64_t delay_ms = 0) { kit::go_on(chain, answer, delay_ms); }
  /// Ends decode(): the same step again with this chain, after the delay.
  void poll(std::uint64_t delay_ms = 0) { kit::poll(chain, answer, delay_ms); }

  /// The same at a time by the step's clock; at once where it has passed, which a delay of 0 would not say.
  void go_on_at(std::int64_t time_ms) { go_on(delay_until(time_ms)); }
  void poll_at(std::int64_t time_ms) { poll(delay_until(time_ms)); }
  std::uint64_t delay_until(std::int64_t time_ms) const {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(1, time_ms - step.now_ms()));
  }

  /// The rows that are `found` now, because these contacts of an answer are theirs. `rows_of(contact)`: all that it can be, by a RowIndex;
  /// `fate(contact, row, first)`: what a row is that has no outcome yet, nullopt to leave it open. One contact is one row, the `first` of
  /// those that have its number; further ones found it there.
  template <class RowsOf, class Fate>
  void settle(std::span<const Json> contacts, std::vector<bool>& found, RowsOf rows_of, Fate fate) {
    for (const Json& contact : contacts) {
      const std::vector<std::uint32_t> rows = rows_of(contact);
      for (const std::uint32_t row : rows) {
        if (found[row]) continue;
        const std::optional<Outcome> outcome = fate(contact, row, row == rows.front());
        if (!outcome) continue;
        found[row] = true;
        answer.row(row, *outcome);
      }
    }
  }

  /// After a page of the list that is searched (one of the chain's members). nullopt: decode() ends here, to go on with the next page or
  /// the second look; else whether what was not found is not there, or nobody knows.
  std::optional<bool> list_turn(ListSearch& list, const Page& page, std::uint64_t settle_ms, std::int64_t most = 10'000'000) {
    const ListSearch::Next next = list.turn(page, settle_ms, most);
    if (next == ListSearch::Next::Complete || next == ListSearch::Next::Incomplete) return next == ListSearch::Next::Complete;
    go_on(next == ListSearch::Next::Again ? settle_ms : 0);
    return std::nullopt;
  }
};

}  // namespace switchboard::kit
