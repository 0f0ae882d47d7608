#include "host/jobs/job_list.h"

#include "core/base/display_text.h"
#include "core/base/nearest.h"
#include "core/ledger/sent_index.h"

namespace switchboard::jobs {

std::string ListedJob::account() const {
  constexpr std::size_t kShown = 6;
  std::string text = one_line(info.account);
  if (!info.profile.empty()) text += ", profile " + one_line(info.profile);
  if (!info.credential.empty() && info.credential != ledger::kNoCredential) text += ", key " + info.credential.substr(0, kShown);
  return text;
}

Result<std::vector<ListedJob>> list_jobs(ledger::JobStore& jobs) {
  auto all = jobs.all();
  if (!all) return all.error();
  std::vector<ListedJob> list;
  for (auto& info : *all) {
    auto counts = jobs.counts(info.id);
    if (!counts) return counts.error();
    list.push_back({std::move(info), *counts});
  }
  return list;
}

Result<ledger::JobInfo> find_job(ledger::JobStore& jobs, const std::string& id) {
  auto found = jobs.find(id);
  if (!found) return found.error();
  if (*found) return std::move(**found);
  auto all = jobs.all();
  if (!all) return all.error();
  std::vector<std::string> known;
  for (const auto& job : *all) known.push_back(job.id);
  return Error{ErrorKind::Usage, "There is no job \"" + id + "\"" + did_you_mean(id, known) + ".", "`switchboard jobs` lists them."};
}

Result<std::optional<ledger::JobInfo>> newest_job(ledger::JobStore& jobs) {
  auto all = jobs.all();
  if (!all) return all.error();
  if (all->empty()) return std::optional<ledger::JobInfo>();
  return std::optional(std::move(all->front()));
}

Result<std::optional<ledger::JobInfo>> job_to_resume(ledger::JobStore& jobs, bool resend_unknown) {
  auto all = jobs.all();
  if (!all) return all.error();
  std::optional<ledger::JobInfo> doubtful;
  for (auto& job : *all) {
    if (job.state != ledger::JobState::Finished) return std::optional(std::move(job));
    auto counts = jobs.counts(job.id);
    if (!counts) return counts.error();
    if (counts->to_send() > 0 || (resend_unknown && counts->open() > 0)) return std::optional(std::move(job));
    if (counts->open() > 0 && !doubtful) doubtful = std::move(job);
  }
  return doubtful;
}

}  // namespace switchboard::jobs
