#include "host/jobs/preview_job.h"

#include "host/jobs/discovered_settings.h"
#include "host/jobs/job_setup.h"
#include "host/jobs/source_setup.h"

namespace switchboard::jobs {

Result<Previewed> preview(const JobRequest& request, const std::string& spool_directory,
                          ledger::SentIndex* sent_before, const CancelToken* cancel) {
  constexpr std::size_t kBatches = 2;
  if (auto done = check_connectors(request); !done) return done.error();
  auto targets = open_targets(request, request.connectors, Purpose::Preview, cancel);
  if (!targets) return targets.error();
  auto file = open_file(request.reading, request.source, spool_directory, cancel);
  if (!file) return file.error();
  std::vector<MappedTarget> mapped;
  for (auto& target : *targets)
    mapped.push_back(map_target(request, std::move(target), *file->source, targets->size() == 1, false, cancel));
  auto survey = survey_for(mapped, *file->source, cancel);
  if (!survey) return survey.error();

  Previewed previewed;
  for (auto& target : mapped) {
    auto job = set_up_job(request, std::move(target), *file->source, *survey, false, cancel);
    if (!job) return job.error();
    for (const auto& setting : (*job)->target->manifest().settings)
      if (needs_asking(setting, (*job)->target->settings)) previewed.not_asked.push_back(setting.name);
    engine::Parts parts = (*job)->target->parts();
    parts.source = file->source.get();
    parts.mapper = (*job)->mapper.get();
    parts.sent = sent_before;
    auto shown = engine::preview(parts, (*job)->run, kBatches, (*job)->info);
    if (!shown) return shown.error();
    if (shown->requests.empty()) previewed.empty.push_back({(*job)->target->id, std::move(shown->held_back)});
    for (auto& http : shown->requests) previewed.requests.push_back(std::move(http));
  }
  return previewed;
}

}  // namespace switchboard::jobs
