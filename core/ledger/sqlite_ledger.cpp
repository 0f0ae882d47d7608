#include "core/ledger/sqlite_ledger.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "core/ledger/job_lock.h"
#include "core/ledger/pack.h"
#include "core/ledger/rows.h"
#include "core/ledger/schema.h"
#include "core/ledger/state_dir.h"

namespace switchboard::ledger {
namespace {

Error unknown_job(const std::string& id) {
  return {ErrorKind::Usage, "There is no job " + id + ".", "`switchboard jobs` lists the jobs."};
}

}  // namespace

SqliteLedger::SqliteLedger(std::string state_dir, Database writer, Database reader)
    : state_dir_(std::move(state_dir)),
      writer_(std::move(writer)),
      reader_(std::move(reader)),
      commits_([this](std::span<const GroupCommit::Work* const> works) { return commit_together(works); }) {}

Result<std::unique_ptr<Ledger>> SqliteLedger::open(const std::string& state_dir) {
  if (auto ready = prepare_directory(state_dir); !ready) return ready.error();
  if (auto exists = create_where_missing(state_dir); !exists) return exists.error();
  auto writer = connect(state_dir);
  if (!writer) return writer.error();
  auto reader = connect(state_dir);
  if (!reader) return reader.error();
  std::unique_ptr<SqliteLedger> ledger(new SqliteLedger(state_dir, std::move(*writer), std::move(*reader)));
  if (auto done = ledger->prepare(); !done) return done.error();
  return std::unique_ptr<Ledger>(std::move(ledger));
}

Result<void> SqliteLedger::prepare() {
  if (auto done = writes_.prepare(writer_); !done) return done;
  return reads_.prepare(reader_);
}

// ---- Writing
// ---------------------------------------------------------------------------------------------------

Result<void> SqliteLedger::commit_together(std::span<const GroupCommit::Work* const> works) {
  const std::lock_guard lock(write_mutex_);
  if (auto begun = writes_.begin.with().run(); !begun) return begun.error();
  Result<void> result;
  for (const auto* work : works) {
    result = (*work)();
    if (!result) break;
  }
  if (result) result = writes_.commit.with().run();
  // Some failures (a full disk) have rolled back already.
  if (!result && !writer_.is_idle()) (void)writes_.rollback.with().run();
  return result;
}

Result<std::int64_t> SqliteLedger::key_of(const std::string& job) {
  const ResetAtEnd reset(writes_.find_job);
  auto found = writes_.find_job.with(job).step();
  if (!found) return found.error();
  if (!*found) return unknown_job(job);
  return writes_.find_job.integer(0);
}

Result<void> SqliteLedger::create_job(const JobInfo& job) {
  if (!is_job_id(job.id)) return Error{ErrorKind::Internal, "No job can be called \"" + job.id + "\".", ""};
  return commits_.submit([&]() -> Result<void> {
    const ResetAtEnd reset(writes_.insert_job);
    bind_job(writes_.insert_job, job);
    auto is_new = writes_.insert_job.step();
    if (!is_new) return is_new.error();
    if (!*is_new)
      return Error{ErrorKind::Usage, "There is a job " + job.id + " already.", "Try again in a second."};
    return {};
  });
}

Result<void> SqliteLedger::update_job(const JobInfo& job) {
  return commits_.submit([&]() -> Result<void> {
    const ResetAtEnd reset(writes_.update_job);
    bind_job(writes_.update_job, job);
    auto found = writes_.update_job.step();
    if (!found) return found.error();
    if (!*found) return unknown_job(job.id);
    return {};
  });
}

Result<void> SqliteLedger::save(const std::string& job, const BatchRecord* batch,
                                std::span<const ChainRecord> chains, std::span<const ChainId> finished) {
  std::optional<PackedBatch> packed;
  if (batch != nullptr) {
    auto packing = pack_batch(*batch);
    if (!packing) return packing.error();
    packed = std::move(*packing);
  }
  std::vector<std::string> chain_rows;
  chain_rows.reserve(chains.size());
  for (const auto& chain : chains) chain_rows.push_back(pack_indices(chain.rows));

  return commits_.submit([&]() -> Result<void> {
    auto key = key_of(job);
    if (!key) return key.error();
    if (packed) {
      bind_batch(writes_.save_batch, *key, *packed);
      if (auto done = writes_.save_batch.run(); !done) return done.error();
    }
    for (std::size_t i = 0; i < chains.size(); ++i) {
      const ChainRecord& chain = chains[i];
      writes_.save_chain.with(*key, chain.batch, chain.chain, chain.op, chain.step, chain.attempt,
                              chain.replay, static_cast<int>(chain.phase), chain.not_before_ms,
                              chain.started_ms, Blob{chain_rows[i]}, Blob{chain.state});
      if (auto done = writes_.save_chain.run(); !done) return done.error();
    }
    for (const auto& id : finished) {
      if (auto done = writes_.remove_chain.with(*key, id.batch, id.chain).run(); !done) return done.error();
    }
    return {};
  });
}

// ---- Reading
// ---------------------------------------------------------------------------------------------------

Result<std::vector<JobInfo>> SqliteLedger::read_jobs(Statement& statement) {
  const ResetAtEnd reset(statement);
  std::vector<JobInfo> jobs;
  for (;;) {
    auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return jobs;
    auto job = read_job(statement, reader_.file());
    if (!job) return job.error();
    jobs.push_back(std::move(*job));
  }
}

Result<std::optional<JobInfo>> SqliteLedger::job(const std::string& id) {
  const std::lock_guard lock(read_mutex_);
  auto found = read_jobs(reads_.job.with(id));
  if (!found) return found.error();
  return found->empty() ? std::optional<JobInfo>() : std::optional(std::move(found->front()));
}

Result<std::vector<JobInfo>> SqliteLedger::jobs() {
  const std::lock_guard lock(read_mutex_);
  return read_jobs(reads_.jobs.with());
}

Result<void> SqliteLedger::require_job(const std::string& id) {
  auto found = job(id);
  if (!found) return found.error();
  if (!*found) return unknown_job(id);
  return {};
}

Result<OutcomeCounts> SqliteLedger::counts(const std::string& job) {
  const std::lock_guard lock(read_mutex_);
  const ResetAtEnd reset(reads_.counts);
  auto row = reads_.counts.with(job).step();
  if (!row) return row.error();
  if (!*row) return unknown_job(job);
  OutcomeCounts counts;
  for (std::size_t i = 1; i < kOutcomeCount; ++i) counts.by[i] = reads_.counts.count(static_cast<int>(i));
  const std::uint64_t rows_read = reads_.counts.count(0);
  const std::uint64_t decided = counts.sum();
  if (decided > rows_read) {
    return Error{ErrorKind::Internal, "Job " + job + " has more outcomes than rows were read.", ""};
  }
  counts[Outcome::Pending] = rows_read - decided;
  return counts;
}

Result<std::optional<BatchRecord>> SqliteLedger::read_one_batch(Statement& statement) {
  const ResetAtEnd reset(statement);
  auto row = statement.step();
  if (!row) return row.error();
  if (!*row) return std::optional<BatchRecord>();
  auto batch = read_batch(statement, reader_.file());
  if (!batch) return batch.error();
  return std::optional(std::move(*batch));
}

Result<std::optional<BatchRecord>> SqliteLedger::batch(const std::string& job, std::uint64_t seq) {
  const std::lock_guard lock(read_mutex_);
  return read_one_batch(reads_.batch.with(job, seq));
}

// One query a batch, and no lock while `visit` runs: it may call the ledger, and no old snapshot holds the
// log.
Result<void> SqliteLedger::for_each_batch(const std::string& job,
                                          const std::function<bool(const BatchRecord&)>& visit) {
  if (auto known = require_job(job); !known) return known.error();
  for (std::uint64_t seq = 0;; ++seq) {
    Result<std::optional<BatchRecord>> next = std::optional<BatchRecord>();
    {
      const std::lock_guard lock(read_mutex_);
      next = read_one_batch(reads_.next_batch.with(job, seq));
    }
    if (!next) return next.error();
    if (!*next || !visit(**next)) return {};
    seq = (*next)->seq;
  }
}

Result<std::vector<ChainRecord>> SqliteLedger::chains(const std::string& job) {
  const std::lock_guard lock(read_mutex_);
  const ResetAtEnd reset(reads_.chains);
  reads_.chains.with(job);
  std::vector<ChainRecord> chains;
  for (;;) {
    auto row = reads_.chains.step();
    if (!row) return row.error();
    if (!*row) return chains;
    auto chain = read_chain(reads_.chains, reader_.file());
    if (!chain) return chain.error();
    chains.push_back(std::move(*chain));
  }
}

Result<void> SqliteLedger::for_each_sent(const std::string& account, const std::string& except_job,
                                         std::int64_t since_ms,
                                         const std::function<void(const Fingerprint& content, bool delivered)>& visit) {
  Result<std::vector<JobInfo>> jobs = std::vector<JobInfo>();
  {
    const std::lock_guard lock(read_mutex_);
    jobs = read_jobs(reads_.jobs_of_account.with(account, except_job));
  }
  if (!jobs) return jobs.error();
  for (const auto& job : *jobs) {
    if (job.started_ms < since_ms) continue;
    auto chains = this->chains(job.id);
    if (!chains) return chains.error();
    std::map<std::uint64_t, std::vector<std::uint32_t>> open;  // by batch: rows that an unfinished chain has sent
    for (const ChainRecord& chain : *chains) {
      if (chain.began()) open[chain.batch].insert(open[chain.batch].end(), chain.rows.begin(), chain.rows.end());
    }
    for (std::uint64_t seq = 0;; ++seq) {
      Result<std::optional<BatchRecord>> next = std::optional<BatchRecord>();
      {
        const std::lock_guard lock(read_mutex_);
        next = read_one_batch(reads_.next_sent.with(job.id, seq));
      }
      if (!next) return next.error();
      if (!*next) break;
      const BatchRecord& batch = **next;
      for (std::size_t i = 0; i < batch.rows.size(); ++i) {
        const Outcome outcome = batch.rows[i].outcome;
        if (is_delivered(outcome) || outcome == Outcome::Unknown) visit(batch.content[i], is_delivered(outcome));
      }
      for (const std::uint32_t i : open[batch.seq]) {
        if (i < batch.rows.size() && batch.rows[i].outcome == Outcome::Pending) visit(batch.content[i], false);
      }
      seq = batch.seq;
    }
  }
  return {};
}

Result<std::optional<JobInfo>> SqliteLedger::sent_before(const std::string& account,
                                                              const std::string& source_sha256) {
  const std::lock_guard lock(read_mutex_);
  auto found = read_jobs(reads_.sent_before.with(account, source_sha256));
  if (!found) return found.error();
  return found->empty() ? std::optional<JobInfo>() : std::optional(std::move(found->front()));
}

// ---- Holding and forgetting
// ------------------------------------------------------------------------------------

Result<std::unique_ptr<JobLock>> SqliteLedger::lock(const std::string& job) {
  return lock_job(state_dir_, job);
}

Result<void> SqliteLedger::forget(const std::string& id) {
  auto held = lock(id);
  if (!held) return held.error();
  auto found = job(id);
  if (!found) return found.error();
  if (!*found) return unknown_job(id);
  const JobInfo& info = **found;
  auto all = jobs();
  if (!all) return all.error();
  // Several jobs of one command share one copy of standard input: the last one takes it along.
  const bool shared = std::any_of(all->begin(), all->end(), [&](const JobInfo& other) {
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
Result<void> SqliteLedger::wipe(const std::string& job) {
  auto run = [&](std::initializer_list<Statement*> statements) {
    return commits_.submit([&]() -> Result<void> {
      auto key = key_of(job);
      if (!key) return key.error();
      for (Statement* statement : statements) {
        if (auto done = statement->with(*key).run(); !done) return done.error();
      }
      return {};
    });
  };
  if (auto done = run({&writes_.delete_chains, &writes_.delete_batches, &writes_.blank_job}); !done)
    return done;
  {
    const std::lock_guard lock(write_mutex_);
    if (auto done = writer_.execute("VACUUM"); !done) return done;
    if (auto done = writer_.checkpoint(); !done) return done;
  }
  if (auto done = run({&writes_.delete_job}); !done) return done;
  const std::lock_guard lock(write_mutex_);
  (void)writer_.checkpoint();  // only for the name; the contacts have gone
  return {};
}

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& state_dir) {
  return SqliteLedger::open(state_dir);
}

}  // namespace switchboard::ledger
