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
  explicit WorkQueue(std::size_t senders) : room_(senders + 1) {}

  /// Planner: waits for room. False: closed.
  bool wait_for_room();
  void push_new(std::vector<LiveChain> chains);
  void no_more_new();

  /// From now on one chain at a time is with senders, from its first request to its end …
  void hold_to_one();
  /// … until now.
  void let_all_go();

  /// Senders: chains that came out of one that has begun, to be taken next, in this order.
  void push_urgent(std::vector<LiveChain> chains);
  /// The first chain that may go at `now_ms`, else the one that may go first; waits for one. Nothing: all is
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
  void wake_for(std::size_t chains);

  mutable std::mutex mutex_;
  // Apart, and one waiter woken for one chain: with one for all, each chain woke 16 senders and the planner four times.
  std::condition_variable may_take_, has_room_;
  std::deque<LiveChain> chains_;
  const std::size_t room_;
  std::size_t busy_ = 0;
  bool planning_ = true, closed_ = false, one_ = false;
};

}  // namespace switchboard::engine
