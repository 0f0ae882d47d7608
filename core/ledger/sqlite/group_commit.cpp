#include "core/ledger/sqlite/group_commit.h"

#include <exception>
#include <utility>

namespace switchboard::ledger {

Result<void> GroupCommit::submit(const Work& work) {
  Waiting mine{.work = &work};
  std::unique_lock lock(mutex_);
  queue_.push_back(&mine);
  mine.leads = !std::exchange(has_leader_, true);
  mine.told.wait(lock, [&] { return mine.done || mine.leads; });
  if (!mine.done) {
    std::vector<Waiting*> group;
    group.swap(queue_);  // ours is among them
    lock.unlock();
    try {
      lead(group);
    } catch (...) {  // no memory for the list: who has no result is told so below
    }
    lock.lock();
    // With the lock held: who is told so may be gone the moment it is free.
    for (auto* waiting : group) {
      waiting->done = true;
      if (waiting != &mine) waiting->told.notify_one();
    }
    has_leader_ = !queue_.empty();
    if (has_leader_) {
      queue_.front()->leads = true;
      queue_.front()->told.notify_one();
    }
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
