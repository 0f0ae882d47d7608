#include <map>

#include "core/ledger/memory/memory_ledger.h"
#include "host/jobs/discovered_settings.h"
#include "host/jobs/job_run.h"
#include "host/jobs/job_service.h"
#include "host/jobs/output_paths.h"
#include "host/jobs/prepared_jobs.h"
#include "host/jobs/request_json.h"

namespace switchboard::jobs {
namespace {

/// "truedy", or "geelark-1", "geelark-2" where a connector has several jobs; empty for the only job.
std::vector<std::string> labels_of(const std::vector<std::unique_ptr<Job>>& jobs) {
  std::map<std::string, int> count, next;
  for (const auto& job : jobs) ++count[job->target->id];
  std::vector<std::string> labels;
  for (const auto& job : jobs) {
    const std::string& id = job->target->id;
    labels.push_back(jobs.size() == 1 ? "" : count[id] == 1 ? id : id + "-" + std::to_string(++next[id]));
  }
  return labels;
}

/// The request as this one of its jobs is to be resumed: with its own files, and with its own value of the setting that
/// makes one job each.
JobRequest own_request(const JobRequest& request, const Job& job, const JobFiles& files) {
  JobRequest own = request;
  own.library = job.target->vendor->connector->library_path();
  own.rejects = files.rejects;
  own.contacts = files.contacts;
  for (const auto& setting : job.target->manifest().settings)
    if (setting.one_job_each && !job.target->settings.at(setting.name).empty())
      own.set.push_back(job.target->id + "." + setting.name + "=" + job.target->settings.at(setting.name));
  return own;
}

}  // namespace

Result<Ended> JobService::check(const JobRequest& request) {
  ledger::MemoryLedger ledger(ledger_);
  return or_stopped(begin(request, Operation::Import, ledger, false));
}

Result<Ended> JobService::or_stopped(Result<Ended> ended) const {
  const auto reason = stop_.reason();
  if (ended || !reason) return ended;
  Ended stopped;
  stopped.stopped = reason;
  return stopped;
}

Result<Ended> JobService::begin(const JobRequest& request, Operation operation, ledger::Ledger& ledger, bool sends) {
  auto prepared = prepare_jobs(request, operation, sends ? Purpose::Send : Purpose::Check, spool_directory_, &ledger_.scratch(), observer_, &stop_.token());
  if (!prepared) return prepared.error();
  auto& [file, survey, jobs] = *prepared;

  Ended ended;
  const auto labels = labels_of(jobs);
  std::vector<JobWithFiles> runs;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    runs.push_back({jobs[i].get(), files_of(request, survey.info, labels[i])});
  if (auto done = check_outputs(request, request.source, outputs_of(request, runs)); !done) return done.error();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i]->info.options_json = to_json(own_request(request, *jobs[i], runs[i].files));
    if (sends) {
      auto done = check_discovered_settings(*jobs[i], observer_, stop_);
      if (!done) return done.error();
      if (ended.stopped = stop_.reason(); ended.stopped) return ended;
    }
    if (auto done = mark_credential(*jobs[i], ledger.sent()); !done) return done.error();
    if (sends) continue;  // asked when the job is created
    if (auto done = refuse_repetition(request, *jobs[i], ledger_, resume_words_); !done) return done.error();
  }
  if (!sends) ended.not_asked = names_not_asked(jobs);

  std::vector<std::unique_ptr<ledger::JobLock>> locks;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Job& job = *jobs[i];
    auto created = ledger.jobs().create(job.info, forbidden_beside(request, job));
    if (!created) return created.error();
    if (created->in_the_way) {
      locks.clear();
      for (std::size_t before = 0; before < i; ++before)
        if (auto done = ledger.jobs().forget(jobs[before]->info.id); !done) return done.error();
      return refusal(job, *created->in_the_way, created->running, ledger_.jobs(), resume_words_);
    }
    if (sends && i == 0) file.spool.keep();  // the jobs' from now on
    locks.push_back(std::move(created->lock));
    observer_.planned(job, false);
  }
  auto results = run_together(runs, *file.source, ledger, resume_words_, observer_, stop_);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i]) {
      results[i]->dry_run = !sends;
      ended.reports.push_back(std::move(*results[i]));
      continue;
    }
    if (ended.trouble) continue;
    ended.trouble = results[i].error();
    ended.trouble->remedy += (ended.trouble->remedy.empty() ? "" : " ") +
                             std::string("What was sent is in the ledger: `switchboard report ") + jobs[i]->info.id + "`.";
  }
  return ended;
}

}  // namespace switchboard::jobs
