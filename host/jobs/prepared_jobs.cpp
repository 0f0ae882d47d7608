#include "host/jobs/prepared_jobs.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "host/jobs/discovered_settings.h"
#include "host/jobs/refusal_survey.h"

namespace switchboard::jobs {
namespace {

/// Whether anybody looks at the file's SHA-256: a report, or the question whether the file was imported before. Nobody sees it of most checks, and it
/// is a twentieth of their time.
bool wants_digest(const JobRequest& request, const std::vector<std::unique_ptr<Target>>& targets, Purpose purpose) {
  if (purpose == Purpose::Send || request.prints_json || !request.reports.empty()) return true;
  return std::any_of(targets.begin(), targets.end(), [](const auto& target) { return target->manifest().promise.reimport_duplicates; });
}

}  // namespace

Result<PreparedJobs> prepare_jobs(const JobRequest& request, Operation operation, Purpose purpose, const std::string& spool_directory, ScratchPlace* scratch,
                                  RunObserver& observer, const CancelToken* cancel) {
  if (auto done = check_connectors(request); !done) return done.error();
  auto targets = open_targets(request, request.connectors, purpose, cancel);
  if (!targets) return targets.error();
  std::optional<input::SourceDigest> digest;
  if (wants_digest(request, *targets, purpose)) digest.emplace(cancel);
  input::SourceDigest* const made = digest ? &*digest : nullptr;
  auto file = open_file(request.reading, request.source, spool_directory, cancel, made);
  if (!file) return file.error();
  const bool sends = purpose == Purpose::Send;
  std::vector<MappedTarget> mapped;
  for (auto& target : *targets)
    mapped.push_back(map_target(request, std::move(target), *file->source, targets->size() == 1, sends, cancel));
  auto survey = survey_for(mapped, *file->source, made, scratch, cancel);
  if (!survey) return survey.error();
  observer.surveyed(*survey);

  std::vector<std::unique_ptr<Job>> jobs;
  for (auto& target : mapped) {
    auto job = set_up_job(request, operation, std::move(target), *file->source, *survey, file->spool.exists(), cancel);
    if (!job) return job.error();
    (*job)->run.send = purpose != Purpose::Check;
    jobs.push_back(std::move(*job));
  }
  return PreparedJobs{std::move(*file), std::move(*survey), std::move(jobs)};
}

std::vector<std::string> names_not_asked(const std::vector<std::unique_ptr<Job>>& jobs) {
  std::vector<std::string> names;
  for (const auto& job : jobs)
    for (const auto& setting : job->target->manifest().settings)
      if (needs_asking(setting, job->target->settings)) names.push_back(setting.name);
  return names;
}

}  // namespace switchboard::jobs
