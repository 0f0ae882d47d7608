#include "core/ledger/sqlite/group_commit.h"

#include <exception>
#include <utility>

namespace switchboard::ledger {

Result<void> GroupCommit::submit(const Work& work) {
  Waiting mine{.work = &work, .bell = Bell::of_thread()};
  std::unique_lock lock(mutex_);
  queue_.push_back(&mine);
  mine.leads = !std::exchange(has_leader_, true);
  if (!mine.leads) {
    lock.unlock();
    mine.bell->wait();
    if (mine.leads) lock.lock();
  }
  if (mine.leads) {
    std::vector<Waiting*> group;
    group.swap(queue_);  // ours is among them
    lock.unlock();
    try {
      lead(group);
    } catch (...) {  // no memory for the list: who has no result is told so below
    }
    // Who is told so may be gone at once; the bell stays.
    const auto tell = [](std::shared_ptr<Bell> bell) { bell->ring(); };
    for (auto* waiting : group) {
      if (waiting != &mine) tell(waiting->bell);
    }
    lock.lock();
    has_leader_ = !queue_.empty();
    std::shared_ptr<Bell> next;
    if (has_leader_) {
      queue_.front()->leads = true;
      next = queue_.front()->bell;
    }
    lock.unlock();
    if (next) next->ring();
  }
  if (!mine.result) return Error{ErrorKind::Internal, "A write to the ledger was given up for want of memory.", ""};
  return std::move(*mine.result);
}

void GroupCommit::lead(std::span<Waiting* const> group) {
  std::vector<const Work*> works;
  works.reserve(group.size());
  for (const auto* waiting : group) works.push_back(waiting->work);
  auto together = commit(works);
  if (together || group.size() == 1) {
    for (auto* waiting : group) waiting->result = together;
    return;
  }
  for (auto* waiting : group) waiting->result = commit(std::span(&waiting->work, 1));
}

Result<void> GroupCommit::commit(std::span<const Work* const> works) {
  try {
    return commit_(works);
  } catch (const std::exception& error) {
    return Error{ErrorKind::Internal, std::string("A write to the ledger was broken off: ") + error.what() + ".", ""};
  } catch (...) {
    return Error{ErrorKind::Internal, "A write to the ledger was broken off.", ""};
  }
}

}  // namespace switchboard::ledger
