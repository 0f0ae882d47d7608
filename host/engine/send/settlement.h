#pragma once

#include <cstdint>
#include <vector>

#include "host/engine/chain/live_batch.h"
#include "host/engine/send/exchange.h"
#include "host/engine/send/run.h"

namespace switchboard::engine {

/// Carries out verdicts: what an answer does to batch, ledger, queue and run. Thread-safe.
class Settlement {
 public:
  explicit Settlement(Run& run) : run_(run) {}

  /// Carries out what follows from an answer. True: the chain goes on.
  bool settle(LiveChain& chain, Received received);
  /// A chain that will not go on in this run: its rows get the outcome that is certain, or it stays in the ledger.
  void park(LiveChain& chain);

 private:
  /// What an answer led to, when batch and ledger have it.
  struct Settled {
    Verdict verdict;
    bool delivered = false;           ///< rows of it
    std::vector<LiveChain> next;      ///< chains that take its place
    std::uint32_t refused_index = 0;  ///< of the single row that was refused
    bool saved = false;               ///< false: the run is dead
  };
  /// What one transaction is to write beside the batch.
  struct Writes {
    std::vector<ledger::ChainRecord> chains;
    std::vector<std::uint32_t> finished;
  };

  Settled decide(LiveChain& chain, Received& received);
  /// The verdict, done to chain and rows.
  void carry_out(LiveChain& chain, const Verdict& verdict, const std::vector<std::uint32_t>& undecided,
                 std::vector<LiveChain>& next, Writes& writes);
  void tell_run(LiveChain& chain, const Answer& answer, Settled& settled, Operation op);
  void judge_vendor(const LiveChain& chain, const Answer& answer, const Settled& settled, Operation op);
  /// A cleared chain that did not leave: the ledger says so.
  void hold_back(LiveChain& chain);
  void take_back(const std::vector<VendorRefusals::Row>& rows);
  /// Puts rows that are to be sent once more beside the chain, until it ends. `in_doubt`: they may be stored.
  void collect(LiveChain& chain, const std::vector<std::uint32_t>& rows, bool in_doubt, Writes& writes);
  /// Those rows, in new chains, when the chain (whose last request was of `op`) has ended.
  void release(LiveChain& chain, Operation op, std::vector<LiveChain>& next, Writes& writes);
  /// With --resend-unknown: the question ends without saying what became of its rows.
  bool gives_up_asking(const Verdict& verdict, const Answer& answer, Operation op) const;

  Run& run_;
};

}  // namespace switchboard::engine
