#include "host/engine/send/work_queue.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace switchboard::engine {

bool WorkQueue::wait_for_room() {
  std::unique_lock lock(mutex_);
  has_room_.wait(lock, [&] { return closed_ || chains_.size() < room_; });
  return !closed_;
}

void WorkQueue::push_new(std::vector<LiveChain> chains) {
  {
    const std::lock_guard lock(mutex_);
    std::move(chains.begin(), chains.end(), std::back_inserter(chains_));
  }
  wake_for(chains.size());
}

void WorkQueue::no_more_new() {
  {
    const std::lock_guard lock(mutex_);
    planning_ = false;
  }
  may_take_.notify_all();
}

void WorkQueue::hold_to_one() {
  const std::lock_guard lock(mutex_);
  one_ = true;
}

void WorkQueue::let_all_go() {
  {
    const std::lock_guard lock(mutex_);
    if (!one_) return;
    one_ = false;
  }
  may_take_.notify_all();
}

void WorkQueue::let_all_work() {
  {
    const std::lock_guard lock(mutex_);
    if (most_busy_ == SIZE_MAX) return;
    most_busy_ = SIZE_MAX;
  }
  may_take_.notify_all();
}

void WorkQueue::push_urgent(std::vector<LiveChain> chains) {
  {
    const std::lock_guard lock(mutex_);
    for (auto chain = chains.rbegin(); chain != chains.rend(); ++chain) {
      const bool failed_alone = chain->narrows && chain->rows.size() == 1 && chain->round > 1;
      if (failed_alone)
        chains_.push_back(std::move(*chain));
      else
        chains_.push_front(std::move(*chain));
    }
  }
  wake_for(chains.size());
}

void WorkQueue::wake_for(std::size_t chains) {
  if (chains == 1) {
    may_take_.notify_one();
  } else if (chains > 1) {
    may_take_.notify_all();
  }
}

void WorkQueue::rest(LiveChain chain) {
  const std::lock_guard lock(mutex_);
  resting_rows_ += chain.rows.size();
  chain.looks = true;
  resting_.push_back(std::move(chain));
}

void WorkQueue::take_turns(LiveChain chain) {
  {
    const std::lock_guard lock(mutex_);
    round_.push_back(std::move(chain));
  }
  may_take_.notify_one();
}

void WorkQueue::leave_round() {
  {
    const std::lock_guard lock(mutex_);
    if (--in_round_ > 0) return;
  }
  may_take_.notify_all();
}

void WorkQueue::begin_round() {
  std::move(resting_.begin(), resting_.end(), std::back_inserter(round_));
  in_round_ = round_.size();
  resting_.clear();
  resting_rows_ = 0;
  may_take_.notify_all();
}

bool WorkQueue::all_is_done() const {
  return !planning_ && busy_ == 0 && chains_.empty() && resting_.empty() && in_round_ == 0;
}

std::deque<LiveChain>* WorkQueue::ready() {
  if (busy_ >= most_busy_) return nullptr;  // whoever is done takes the next
  if (in_round_ == 0 && !resting_.empty()) {
    const bool enough = resting_rows_ >= kEnoughRows || resting_.size() >= kEnoughChains;
    const bool nothing_else = busy_ == 0 && (one_ || (!planning_ && chains_.empty()));
    if (enough || nothing_else) begin_round();
  }
  if (in_round_ > 0) return round_.empty() ? nullptr : &round_;
  return !chains_.empty() && (!one_ || busy_ == 0) ? &chains_ : nullptr;
}

std::optional<LiveChain> WorkQueue::take(std::int64_t now_ms) {
  std::unique_lock lock(mutex_);
  std::deque<LiveChain>* from = nullptr;
  may_take_.wait(lock, [&] { return closed_ || (from = ready()) != nullptr || all_is_done(); });
  if (closed_ || from == nullptr) return std::nullopt;
  // One at a time is one after the other: what was sent back is waited for.
  const auto may_go = [&](const auto& chain) { return one_ || chain.cursor.not_before_ms <= now_ms; };
  auto next = std::find_if(from->begin(), from->end(), may_go);
  if (next == from->end()) {
    next = std::min_element(from->begin(), from->end(), [](const auto& a, const auto& b) {
      return a.cursor.not_before_ms < b.cursor.not_before_ms;
    });
  }
  auto chain = std::move(*next);
  from->erase(next);
  ++busy_;
  const bool has_room = chains_.size() < room_;
  lock.unlock();
  if (has_room) has_room_.notify_one();
  return chain;
}

void WorkQueue::done() {
  bool others_may = false;
  {
    const std::lock_guard lock(mutex_);
    --busy_;
    // What waits for the last one to be done: all that wait for one at a time, and, once nothing is planned any more, the end.
    others_may = busy_ == 0 && (one_ || !planning_);
  }
  if (others_may) may_take_.notify_all();
}

void WorkQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  may_take_.notify_all();
  has_room_.notify_all();
}

std::vector<LiveChain> WorkQueue::leftovers() {
  const std::lock_guard lock(mutex_);
  std::vector<LiveChain> left;
  for (auto* chains : {&chains_, &resting_, &round_}) {
    std::move(chains->begin(), chains->end(), std::back_inserter(left));
    chains->clear();
  }
  return left;
}

std::size_t WorkQueue::busy() const {
  const std::lock_guard lock(mutex_);
  return busy_;
}

}  // namespace switchboard::engine
