#include <map>

#include "core/ledger/memory/memory_ledger.h"
#include "host/jobs/discovered_settings.h"
#include "host/jobs/job_run.h"
#include "host/jobs/output_paths.h"
#include "host/jobs/request_json.h"
#include "host/jobs/job_service.h"
#include "host/jobs/source_setup.h"

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

std::vector<std::string> settings_not_asked(const std::vector<std::unique_ptr<Job>>& jobs) {
  std::vector<std::string> names;
  for (const auto& job : jobs)
    for (const auto& setting : job->target->manifest().settings)
      if (needs_asking(setting, job->target->settings)) names.push_back(setting.name);
  return names;
}

}  // namespace

Result<Ended> JobService::check(const JobRequest& request) {
  ledger::MemoryLedger ledger(ledger_.sent());
  return or_stopped(begin(request, ledger, false));
}

Result<Ended> JobService::or_stopped(Result<Ended> ended) const {
  if (ended || stop_.exit_code() == 0) return ended;
  Ended stopped;
  stopped.stopped = stop_.exit_code();
  return stopped;
}

Result<Ended> JobService::begin(const JobRequest& request, ledger::Ledger& ledger, bool sends) {
  if (auto done = check_connectors(request); !done) return done.error();
  auto targets = open_targets(request, request.connectors, sends ? Purpose::Import : Purpose::Check, &stop_.token());
  if (!targets) return targets.error();
  auto file = open_file(request.reading, request.source, spool_directory_, &stop_.token());
  if (!file) return file.error();
  std::vector<MappedTarget> mapped;
  for (auto& target : *targets)
    mapped.push_back(map_target(request, std::move(target), *file->source, targets->size() == 1, sends, &stop_.token()));
  auto survey = survey_for(mapped, *file->source, &stop_.token());
  if (!survey) return survey.error();
  observer_.surveyed(*survey);

  Ended ended;
  std::vector<std::unique_ptr<Job>> jobs;
  for (auto& target : mapped) {
    auto job = set_up_job(request, std::move(target), *file->source, *survey, file->spool.exists(), &stop_.token());
    if (!job) return job.error();
    (*job)->run.send = sends;
    jobs.push_back(std::move(*job));
  }
  const auto labels = labels_of(jobs);
  std::vector<JobWithFiles> runs;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    runs.push_back({jobs[i].get(), files_of(request, survey->info, labels[i])});
  if (auto done = check_outputs(request, request.source, outputs_of(request, runs)); !done) return done.error();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i]->info.options_json = to_json(own_request(request, *jobs[i], runs[i].files));
    if (sends) {
      auto done = check_discovered_settings(*jobs[i], observer_, stop_);
      if (!done) return done.error();
      if (ended.stopped = stop_.exit_code(); ended.stopped != 0) return ended;
    }
    if (auto done = mark_credential(*jobs[i], ledger.sent()); !done) return done.error();
    if (sends) continue;  // asked when the job is created
    if (auto done = refuse_repetition(request, *jobs[i], ledger_, resume_words_); !done) return done.error();
  }
  if (!sends) ended.not_asked = settings_not_asked(jobs);

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
    if (sends && i == 0) file->spool.keep();  // the jobs' from now on
    locks.push_back(std::move(created->lock));
    observer_.planned(job, false);
  }
  auto results = run_together(runs, *file->source, ledger, resume_words_, observer_, stop_);
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
