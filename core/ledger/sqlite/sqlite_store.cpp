#include "core/ledger/sqlite/sqlite_store.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/ledger/sqlite/queries.h"
#include "core/ledger/sqlite/rows.h"
#include "core/ledger/sqlite/sqlite_journal.h"

namespace switchboard::ledger {

Result<void> SqliteStore::create(const JobInfo& job) {
  if (!is_job_id(job.id)) return Error{ErrorKind::Internal, "No job can be called \"" + job.id + "\".", ""};
  return connections_.write([&](WriteStatements& writes) -> Result<void> {
    const ResetAtEnd reset(writes.insert_job);
    bind_job(writes.insert_job, job);
    auto is_new = writes.insert_job.step();
    if (!is_new) return is_new.error();
    if (!*is_new)
      return Error{ErrorKind::Usage, "There is a job " + job.id + " already.", "Try again in a second."};
    return {};
  });
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
  const JobInfo& info = **found;
  auto jobs = all();
  if (!jobs) return jobs.error();
  // Several jobs of one command share one copy of standard input: the last one takes it along.
  const bool shared = std::any_of(jobs->begin(), jobs->end(), [&](const JobInfo& other) {
    return other.id != id && other.source_spooled && other.source_path == info.source_path;
  });
  if (info.source_spooled && !shared && ::unlink(info.source_path.c_str()) != 0 && errno != ENOENT) {
    return Error{ErrorKind::Storage,
                 "The copy of standard input " + info.source_path +
                     " cannot be deleted: " + std::strerror(errno) + ".",
                 "Delete it by hand, then run `switchboard forget " + id + "` again."};
  }
  return wipe(id);
}

// In three steps, so that after a failure in the middle the job can still be named and forgotten again:
// everything but its name and times goes; the file is written anew without it and the log emptied; then the
// name goes.
Result<void> SqliteStore::wipe(const std::string& id) {
  const auto run = [&](std::initializer_list<Statement WriteStatements::*> statements) {
    return connections_.write([&](WriteStatements& writes) -> Result<void> {
      auto key = key_of(writes, id);
      if (!key) return key.error();
      for (const auto statement : statements) {
        if (auto done = (writes.*statement).with(*key).run(); !done) return done.error();
      }
      return {};
    });
  };
  using W = WriteStatements;
  if (auto done = run({&W::delete_chains, &W::delete_batches, &W::blank_job}); !done) return done;
  if (auto done = connections_.rewrite_file(); !done) return done;
  if (auto done = run({&W::delete_job}); !done) return done;
  (void)connections_.empty_log();  // only for the name; the contacts have gone
  return {};
}

}  // namespace switchboard::ledger
