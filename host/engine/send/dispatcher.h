#pragma once

#include <thread>
#include <vector>

#include "host/engine/plan/planner.h"
#include "host/engine/send/run.h"

namespace switchboard::engine {

/// Runs the planner and as many senders as may be in flight, each on a thread of its own, until every row has
/// its outcome or the run stops. What remains then has been parked.
class Dispatcher {
 public:
  Dispatcher(Run& run, Planner& planner) : run_(run), planner_(planner) {}
  void run();

 private:
  std::vector<std::thread> start_drivers();
  void plan();
  /// Hands the chains of a batch to the senders. False: the run is dead.
  bool dispatch(Plan& plan);
  /// With the rows of this batch that are rejected already, --max-errors is reached: nothing of it is sent.
  bool too_many_errors(const Plan& plan) const;
  /// Rows of a batch that will not be sent in this run.
  bool account(Plan& plan);

  Run& run_;
  Planner& planner_;
};

}  // namespace switchboard::engine
