#pragma once

#include <vector>

#include "host/engine/exchange.h"
#include "host/engine/live_batch.h"
#include "host/engine/run.h"

namespace switchboard::engine {

/// Drives chains, one at a time, from their first request to their end, by the verdicts of chain.h. One a
/// thread.
class Sender {
 public:
  explicit Sender(Run& run);

  /// Takes chains from the queue until there are no more or the run stops.
  void work();
  /// A chain that will not go on in this run: its rows get the outcome that is certain, or it stays in the
  /// ledger.
  void park(LiveChain& chain);

 private:
  /// One request, or what takes its place. False: the chain is over or left.
  bool step(LiveChain& chain);
  /// "This chain will ask", where its next request is a question that may travel with others.
  JointRequests::Announcement announce(const LiveChain& chain) const;
  /// True where the stop of the run is one for this chain too: a question may outlive some.
  bool stopped(const LiveChain& chain) const;
  /// Takes the bucket's next slot where it is free. False: it was not; now it may be.
  bool take_slot(const LiveChain& chain, const std::string& bucket);
  /// Adds the credential. False: the chain is stopped, perhaps because there is none.
  bool authorised(const LiveChain& chain, Prepared& prepared, const connectors::Request& request);
  bool transmit(LiveChain& chain, const connectors::Request& request, JointRequests::Announcement announced);
  /// nullopt: it was not sent, because the run stops.
  std::optional<transport::HttpResponse> ask_jointly(const LiveChain& chain, const Question& question,
                                                     const connectors::Request& request, Prepared& prepared,
                                                     JointRequests::Announcement announced);
  bool receive(LiveChain& chain, const connectors::Request& request, transport::HttpResponse http);
  /// Carries out what follows from an answer.
  bool settle(LiveChain& chain, Answer answer, std::vector<connectors::RowResult> rows);
  bool unsent(LiveChain& chain, const std::string& why);
  /// Replaces a chain that has sent nothing by chains of these rows.
  bool divide(LiveChain& chain, const std::vector<std::vector<std::uint32_t>>& parts);
  /// The rows that each of several requests is for; empty: the requests make no sense.
  static std::vector<std::vector<std::uint32_t>> parts_of(const LiveChain& chain,
                                                          const std::vector<connectors::Request>& requests);
  void judge_vendor(const LiveChain& chain, const Answer& answer, const Verdict& verdict, std::uint32_t op,
                    bool delivered);
  void take_back(const std::vector<Refusals::Row>& rows);
  /// Puts rows that are to be sent once more beside the chain, until it ends. `in_doubt`: they may be stored.
  void collect(LiveChain& chain, const std::vector<std::uint32_t>& rows, bool in_doubt,
               std::vector<ledger::ChainRecord>& writes);
  /// Those rows, in new chains, when the chain (whose last request was of `op`) has ended.
  std::vector<LiveChain> release(LiveChain& chain, std::uint32_t op, std::vector<ledger::ChainRecord>& writes,
                                 std::vector<std::uint32_t>& finished);
  /// With --resend-unknown: the question ends without saying what became of its rows.
  bool gives_up_asking(const Verdict& verdict, const Answer& answer, std::uint32_t op) const;

  Run& run_;
  const std::vector<std::string>& columns_;
  const std::size_t fields_;
};

}  // namespace switchboard::engine
