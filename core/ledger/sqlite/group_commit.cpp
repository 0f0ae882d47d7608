#include "core/ledger/sqlite/group_commit.h"

namespace switchboard::ledger {

Result<void> GroupCommit::submit(const Work& work) {
  Waiting mine{&work, {}};
  std::unique_lock lock(mutex_);
  queue_.push_back(&mine);
  finished_.wait(lock, [&] { return mine.done || !has_leader_; });
  if (mine.done) return mine.result;

  has_leader_ = true;
  std::vector<Waiting*> group;
  group.swap(queue_);  // ours is among them
  lock.unlock();
  lead(group);
  lock.lock();
  for (auto* waiting : group) waiting->done = true;
  has_leader_ = false;
  lock.unlock();
  finished_.notify_all();
  return mine.result;
}

void GroupCommit::lead(std::span<Waiting* const> group) {
  std::vector<const Work*> works;
  works.reserve(group.size());
  for (const auto* waiting : group) works.push_back(waiting->work);
  auto together = commit_(works);
  if (together) return;
  if (group.size() == 1) {
    group.front()->result = std::move(together);
    return;
  }
  for (auto* waiting : group) waiting->result = commit_(std::span(&waiting->work, 1));
}

}  // namespace switchboard::ledger
