#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "host/engine/chain/live_batch.h"

namespace switchboard::engine {

/// Chains that wait for a sender. Chains of a batch that has begun (halves of a split, rows sent back) come
/// before new ones. Bounded for the planner, so that memory does not grow with the source. Thread-safe.
class WorkQueue {
 public:
  /// So many senders work until let_all_work(); the planner is `room` chains ahead of them, each of which holds its batch in memory.
  WorkQueue(std::size_t senders, std::size_t room) : room_(room), most_busy_(senders) {}

  /// Planner: waits for room. False: closed.
  bool wait_for_room();
  void push_new(std::vector<LiveChain> chains);
  void no_more_new();

  /// From now on one chain at a time is with senders, from its first request to its end …
  void hold_to_one();
  /// … until now.
  void let_all_go();

  /// The vendor has taken something: the senders that write down ahead of their turn may work, too. Before, they would only bring more
  /// to a vendor that refuses everything.
  void let_all_work();

  /// Senders: chains that came out of one that has begun, to be taken next, in this order; but a row that was tried alone is taken
  /// after all others: they say whether it is the row or the vendor.
  void push_urgent(std::vector<LiveChain> chains);
  /// Senders: a chain that is about to read a list of the account. It rests until nothing else can be sent, or so many rest that
  /// they are enough; then those go on as one round, a request each in turn, and nothing else is taken before all have left it.
  void rest(LiveChain chain);
  /// Senders: a chain of the round, between two of its requests.
  void take_turns(LiveChain chain);
  /// Senders: a chain of the round has come to its end.
  void leave_round();

  /// The first chain that may go at `now_ms`, else the one that may go first; the first of all where they are held to one; waits for one. Nothing: all is
  /// done, or closed. Each chain taken must be given back with done().
  std::optional<LiveChain> take(std::int64_t now_ms);
  void done();

  /// Wakes everybody; from now on nothing is taken.
  void close();
  /// What nobody took.
  std::vector<LiveChain> leftovers();
  /// Chains that are with senders.
  std::size_t busy() const;

 private:
  /// Rows, chains: they are in memory as long as they rest.
  static constexpr std::size_t kEnoughRows = 10'000, kEnoughChains = 64;

  void wake_for(std::size_t chains);
  /// Which chains may be taken now; nullptr: none. The mutex is held.
  std::deque<LiveChain>* ready();
  bool all_is_done() const;
  void begin_round();

  mutable std::mutex mutex_;
  // Apart, and one waiter woken for one chain: with one for all, each chain woke 16 senders and the planner four times.
  std::condition_variable may_take_, has_room_;
  std::deque<LiveChain> chains_, resting_, round_;
  const std::size_t room_;
  std::size_t most_busy_;
  std::size_t busy_ = 0, resting_rows_ = 0;
  std::size_t in_round_ = 0;  ///< chains that have not left it, those that are with senders included
  bool planning_ = true, closed_ = false, one_ = false;
};

}  // namespace switchboard::engine
