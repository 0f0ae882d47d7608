#include "host/jobs/preview_job.h"

#include "host/jobs/observer.h"
#include "host/jobs/prepared_jobs.h"

namespace switchboard::jobs {

Result<Previewed> preview(const JobRequest& request, const std::string& spool_directory,
                          ledger::SentIndex* sent_before, const CancelToken* cancel) {
  constexpr std::size_t kBatches = 2;
  RunObserver nobody;
  auto prepared = prepare_jobs(request, Operation::Import, Purpose::Preview, spool_directory, nullptr, nobody, cancel);
  if (!prepared) return prepared.error();

  Previewed previewed;
  previewed.not_asked = names_not_asked(prepared->jobs);
  for (const auto& job : prepared->jobs) {
    if (sent_before != nullptr)
      if (auto done = mark_credential(*job, *sent_before); !done) return done.error();
    engine::Parts parts = job->target->parts();
    parts.source = prepared->file.source.get();
    parts.mapper = job->mapper.get();
    parts.sent = sent_before;
    auto shown = engine::preview(parts, job->run, kBatches, job->info, cancel);
    if (!shown) return shown.error();
    if (shown->requests.empty()) previewed.empty.push_back({job->target->id, std::move(shown->held_back)});
    for (auto& http : shown->requests) previewed.requests.push_back(std::move(http));
  }
  return previewed;
}

}  // namespace switchboard::jobs
