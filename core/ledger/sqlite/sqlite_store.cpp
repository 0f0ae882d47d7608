#include "core/ledger/sqlite/sqlite_store.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/ledger/job_lock.h"
#include "core/ledger/sqlite/queries.h"
#include "core/ledger/sqlite/bind_and_read.h"
#include "core/ledger/sqlite/sqlite_journal.h"

namespace switchboard::ledger {

Result<std::optional<JobInfo>> SqliteStore::in_the_way(WriteStatements& writes, const JobInfo& job, Repetition unless,
                                                       bool& running) {
  running = false;
  if (unless == Repetition::Allowed) return std::optional<JobInfo>();
  const std::string& file = connections_.file();
  auto beside = read_jobs(writes.running_to_account.with(job.account, job.credential, job.profile, job.id), file);
  if (!beside) return beside.error();
  for (auto& other : *beside) {
    if (unless == Repetition::OfSource && other.source_sha256 != job.source_sha256) continue;
    if (!is_held(connections_.state_dir(), other.id)) continue;  // its process was killed
    running = true;
    return std::optional(std::move(other));
  }
  if (unless == Repetition::OfRows) return std::optional<JobInfo>();
  auto earlier = read_jobs(
      writes.sent_before.with(job.account, job.credential, job.profile, job.id, job.source_sha256), file);
  if (!earlier) return earlier.error();
  return earlier->empty() ? std::optional<JobInfo>() : std::optional(std::move(earlier->front()));
}

// The job is locked before it can be seen: whoever sees it running and not locked knows that its process has died.
Result<Creation> SqliteStore::create(const JobInfo& job, Repetition unless) {
  if (!is_job_id(job.id)) return Error{ErrorKind::Internal, "No job can be called \"" + job.id + "\".", ""};
  auto held = lock(job.id);
  if (!held) return held.error();
  Creation creation;
  auto done = connections_.write([&](WriteStatements& writes) -> Result<void> {
    auto other = in_the_way(writes, job, unless, creation.running);
    if (!other) return other.error();
    creation.in_the_way = std::move(*other);
    if (creation.in_the_way) return {};
    const ResetAtEnd reset(writes.insert_job);
    bind_job(writes.insert_job, job);
    auto is_new = writes.insert_job.step();
    if (!is_new) return is_new.error();
    if (!*is_new)
      return Error{ErrorKind::Usage, "There is a job " + job.id + " already.", "Try again in a second."};
    return {};
  });
  if (!done) return done.error();
  if (!creation.in_the_way) creation.lock = std::move(*held);
  return creation;
}

Result<std::optional<JobInfo>> SqliteStore::go_on(const JobInfo& job, Repetition unless) {
  std::optional<JobInfo> other;
  auto done = connections_.write([&](WriteStatements& writes) -> Result<void> {
    bool running = false;
    auto found = in_the_way(writes, job, unless, running);
    if (!found) return found.error();
    other = std::move(*found);
    if (other) return {};
    JobInfo now = job;
    now.state = JobState::Running;
    return update_job(writes, now);
  });
  if (!done) return done.error();
  return other;
}

Result<std::optional<JobInfo>> SqliteStore::find(const std::string& id) { return find_job(connections_, id); }

Result<std::vector<JobInfo>> SqliteStore::all() {
  return connections_.read(
      [&](ReadStatements& reads) { return read_jobs(reads.jobs.with(), connections_.file()); });
}

Result<OutcomeCounts> SqliteStore::counts(const std::string& id) { return counts_of(connections_, id); }

Result<std::shared_ptr<JobJournal>> SqliteStore::journal(const std::string& id) {
  auto found = find_job(connections_, id);
  if (!found) return found.error();
  if (!*found) return unknown_job(id);
  return std::shared_ptr<JobJournal>(std::make_shared<SqliteJournal>(connections_, id));
}

Result<std::unique_ptr<JobLock>> SqliteStore::lock(const std::string& id) {
  return lock_job(connections_.state_dir(), id);
}

Result<void> SqliteStore::forget(const std::string& id) {
  auto held = lock(id);
  if (!held) return held.error();
  auto found = find(id);
  if (!found) return found.error();
  if (!*found) return unknown_job(id);
  return wipe(id);
}

// Several jobs of one command share one copy of standard input: the last one takes it along. Who is last is decided in the
// transaction in which a job lets go of it, so that two who are forgotten at once do not leave it to each other.
Result<void> SqliteStore::release_spool(WriteStatements& writes, const std::string& id, std::int64_t key) {
  std::string path;
  {
    const ResetAtEnd reset(writes.spool_of);
    auto spooled = writes.spool_of.with(key).step();
    if (!spooled) return spooled.error();
    if (*spooled) path = writes.spool_of.text(0);
  }
  if (path.empty()) return {};
  {
    const ResetAtEnd reset(writes.others_of_spool);
    auto shared = writes.others_of_spool.with(key, path).step();
    if (!shared) return shared.error();
    if (*shared) return {};
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return Error{ErrorKind::Storage,
                 "The copy of standard input " + path + " cannot be deleted: " + std::strerror(errno) + ".",
                 "Delete it by hand, then run `switchboard forget " + id + "` again."};
  }
  return {};
}

// In three steps, so that after a failure in the middle the job can still be named and forgotten again:
// everything but its name and times goes; the file is written anew without it and the log emptied; then the
// name goes.
Result<void> SqliteStore::wipe(const std::string& id) {
  const auto run = [&](std::initializer_list<Statement WriteStatements::*> statements) {
    return connections_.write([&](WriteStatements& writes) -> Result<void> {
      auto key = key_of(writes, id);
      if (!key) return key.error();
      if (auto released = release_spool(writes, id, *key); !released) return released;
      for (const auto statement : statements) {
        if (auto done = (writes.*statement).with(*key).run(); !done) return done.error();
      }
      return {};
    });
  };
  using W = WriteStatements;
  if (auto done = run({&W::delete_chains, &W::delete_fixed, &W::delete_batches, &W::blank_job}); !done) return done;
  if (auto done = connections_.rewrite_file(); !done) return done;
  if (auto done = run({&W::delete_job}); !done) return done;
  (void)connections_.empty_log();  // only for the name; the contacts have gone
  return {};
}

}  // namespace switchboard::ledger
