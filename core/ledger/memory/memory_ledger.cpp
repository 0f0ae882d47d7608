#include "core/ledger/memory/memory_ledger.h"

#include <algorithm>

namespace switchboard::ledger {

Result<std::shared_ptr<UnkeptJournal>> MemoryStore::held(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return unknown_job(id);
  return found->second;
}

Result<Creation> MemoryStore::create(const JobInfo& job, Repetition) {
  auto journal = std::make_shared<UnkeptJournal>(job);
  const std::lock_guard lock(mutex_);
  if (!jobs_.try_emplace(job.id, std::move(journal)).second)
    return Error{ErrorKind::Usage, "There is a job " + job.id + " already.", "Try again in a second."};
  return Creation{std::make_unique<JobLock>(), std::nullopt, false};
}

Result<std::optional<JobInfo>> MemoryStore::go_on(const JobInfo& job, Repetition) {
  auto journal = held(job.id);
  if (!journal) return journal.error();
  JobInfo now = job;
  now.state = JobState::Running;
  if (auto done = (*journal)->update(now); !done) return done.error();
  return std::optional<JobInfo>();
}

Result<std::optional<JobInfo>> MemoryStore::find(const std::string& id) {
  auto journal = held(id);
  if (!journal) return std::optional<JobInfo>();
  auto info = (*journal)->info();
  if (!info) return info.error();
  return std::optional(std::move(*info));
}

Result<std::vector<JobInfo>> MemoryStore::all() {
  const std::lock_guard lock(mutex_);
  std::vector<JobInfo> all;
  for (const auto& [id, journal] : jobs_) {
    auto info = journal->info();
    if (!info) return info.error();
    all.push_back(std::move(*info));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.started_ms > b.started_ms; });
  return all;
}

Result<OutcomeCounts> MemoryStore::counts(const std::string& id) {
  auto journal = held(id);
  if (!journal) return journal.error();
  return (*journal)->counts();
}

Result<std::shared_ptr<JobJournal>> MemoryStore::journal(const std::string& id) {
  auto journal = held(id);
  if (!journal) return journal.error();
  return std::shared_ptr<JobJournal>(std::move(*journal));
}

Result<std::unique_ptr<JobLock>> MemoryStore::lock(const std::string& id) {
  if (auto journal = held(id); !journal) return journal.error();
  return std::make_unique<JobLock>();
}

Result<void> MemoryStore::forget(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (jobs_.erase(id) == 0) return unknown_job(id);
  return {};
}

}  // namespace switchboard::ledger
