#pragma once

#include <cstdint>
#include <vector>

#include "host/engine/chain/live_batch.h"
#include "host/engine/send/run.h"
#include "host/engine/send/settlement.h"
#include "host/engine/send/transmitter.h"
#include "host/engine/vendor/first_alone.h"

namespace switchboard::engine {

/// Drives chains, one at a time, from their first request to their end. One a thread.
class Driver {
 public:
  explicit Driver(Run& run) : run_(run), transmitter_(run), settlement_(run) {}

  /// Takes chains from the queue until there are no more or the run stops.
  void work();

 private:
  /// The turn of a chain, where one at a time is on its way (limits.first_alone).
  FirstAlone::Turn wait_for_turn();
  /// One request, or what takes its place. False: the chain is over or left.
  bool step(LiveChain& chain);
  /// Replaces a chain that has sent nothing by chains of these rows.
  void divide(LiveChain& chain, const std::vector<std::vector<std::uint32_t>>& parts);

  Run& run_;
  Transmitter transmitter_;
  Settlement settlement_;
};

}  // namespace switchboard::engine
