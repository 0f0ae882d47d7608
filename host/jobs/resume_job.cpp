#include <algorithm>
#include <filesystem>

#include "core/input/survey.h"
#include "host/jobs/discovered_settings.h"
#include "host/jobs/job_run.h"
#include "host/jobs/job_setup.h"
#include "host/jobs/output_paths.h"
#include "host/jobs/refusal_survey.h"
#include "host/jobs/request_json.h"
#include "host/jobs/job_service.h"
#include "host/jobs/source_setup.h"
#include "host/jobs/target.h"

namespace switchboard::jobs {
namespace {

std::string nothing_left(const ledger::JobInfo& info, const std::string& vendor, std::uint64_t unknown) {
  std::string text = "Nothing to resume: every row of job " + info.id + " has its outcome.";
  if (unknown > 0)
    text += "\n" + vendor + " cannot be asked about the " + std::to_string(unknown) +
            " of unknown fate: look for them there, or send them again, perhaps twice, with --resend-unknown.";
  return text;
}

/// Usage: another job is sending to the account, and what it sends is not known yet; the vendor would store contacts twice.
Result<void> beside(const Job& job, const JobRequest& request, ledger::JobStore& jobs) {
  const bool allowed = forbidden_beside(request, job) == ledger::Repetition::Allowed;
  auto other = jobs.go_on(job.info, allowed ? ledger::Repetition::Allowed : ledger::Repetition::OfRows);
  if (!other) return other.error();
  if (!*other) return {};
  return Error{ErrorKind::Usage,
               "Job " + (*other)->id + " is sending to this account right now, and nobody can say yet which contacts; " +
                   job.target->manifest().name + " would store those of both a second time.",
               "Wait until it has finished, then resume; what it delivered is passed over."};
}

/// The job's settings with today's credentials; what was read just now stands.
Result<void> look_up(std::optional<Profile>& profile, const Profiles& profiles, const CancelToken* cancel) {
  if (!profile || !profile->of_ledger) return {};
  auto now = profiles.as_it_stands(*profile, cancel);
  if (!now) return now.error();
  // Jobs of the first release do not know the settings, nor the file.
  if (profile->file.given()) now->settings = profile->settings;
  profile = std::move(*now);
  return {};
}

bool lies_in(const std::string& file, const NamedFile& directory) {
  return std::filesystem::path(file).parent_path() / "" == std::filesystem::path(directory.path) / "";
}

/// Usage: the connector that somebody had named for the job is gone, and another one of its name would take its place. One that
/// came with the program may be a newer one now, and one that is named now is meant.
Result<void> same_connector(const std::string& job, const JobRequest& begun, const JobRequest& now, const std::string& found) {
  // What is named now stands before what the job has; the same directory may be named again.
  const auto said_now = std::max(now.connector_path.size(), begun.connector_path.size()) - begun.connector_path.size();
  for (std::size_t i = 0; i < now.connector_path.size(); ++i) {
    const bool known = std::ranges::any_of(begun.connector_path, [&](const auto& one) { return one.path == now.connector_path[i].path; });
    if ((i < said_now || !known) && lies_in(found, now.connector_path[i])) return {};
  }
  for (const auto& directory : begun.connector_path) {
    std::error_code failed;
    const bool gone = begun.library.empty() ? !std::filesystem::is_directory(directory.path, failed)  // the first release
                                            : begun.library != found && lies_in(begun.library, directory);
    if (!gone) continue;
    return Error{ErrorKind::Usage,
                 "Job " + job + " was begun with the connector " + (begun.library.empty() ? "in " + directory.path : begun.library) +
                     ", which is not there any more; the one that is found now is another: " + found + ".",
                 "Put it back, or name the directory of the one to go on with: --connector-path DIR."};
  }
  return {};
}

}  // namespace

Result<Ended> JobService::go_on(const ledger::JobInfo& job_info, const Change& change) {
  ledger::JobInfo info = job_info;
  auto lock = ledger_.jobs().lock(info.id);
  if (!lock) return lock.error();
  auto read = request_from_json(info.options_json);
  if (!read) return read.error();
  const JobRequest begun = std::move(*read);
  JobRequest request = begun;
  request.source = info.source_path;
  if (!request.rejects.given() && !info.rejects_path.empty()) request.rejects = NamedFile::at(info.rejects_path);
  if (change)
    if (auto done = change(request); !done) return done.error();
  if (auto done = look_up(request.profile, profiles_, &stop_.token()); !done) return done.error();
  auto counts = ledger_.jobs().counts(info.id);
  if (!counts) return counts.error();
  auto journal = ledger_.jobs().journal(info.id);
  if (!journal) return journal.error();
  auto chains = (*journal)->chains();
  if (!chains) return chains.error();
  auto connectors = open_connectors(request.connector_path, {info.connector_id}, loading_of(request, &stop_.token()));
  if (!connectors) return connectors.error();
  if (auto same = same_connector(info.id, begun, request, connectors->front()->library_path()); !same) return same.error();
  const auto& manifest = connectors->front()->manifest();
  const bool can_ask = manifest.can_settle(info.operation);
  Ended ended;
  // Rows of unknown fate are work where they can be asked for, or are to be sent again.
  const bool has_work = (can_ask || request.resend_unknown ? counts->open() : counts->to_send()) > 0;
  if (!has_work && chains->empty()) {
    ended.nothing_to_do = nothing_left(info, manifest.name, (*counts)[Outcome::Unknown]);
    return ended;
  }

  std::error_code unseen;  // a directory that may not be looked into, say: opening the file says so
  if (!std::filesystem::exists(info.source_path, unseen) && !unseen)
    return Error{ErrorKind::Input, "The file of job " + info.id + ", " + info.source_path + ", is not there any more.",
                 "Put it back; a job is resumed from the very same file."};
  input::SourceDigest digest(&stop_.token());
  auto file = open_file(request.reading, info.source_path, spool_directory_, &stop_.token(), &digest, info.source_name);
  if (!file) return file.error();
  input::RecordTally tally;
  auto survey = input::survey(*file->source, &stop_.token(), tally, &digest);
  if (!survey) return survey.error();
  if (survey->info.sha256 != info.source_sha256)
    return Error{ErrorKind::Drift, info.source_path + " changed since job " + info.id + " began.",
                 "Put the old file back to resume, or import the new one with --only-new."};

  auto targets = open_targets(request, {info.connector_id}, Purpose::Send, &stop_.token());
  if (!targets) return targets.error();
  // Jobs of the first release do not say which of a setting's values is theirs: their account does.
  std::size_t mine = 0;
  for (std::size_t i = 0; i < targets->size(); ++i)
    if ((*targets)[i]->account(info.id) == info.account) mine = i;
  auto mapped = map_target(request, std::move((*targets)[mine]), *file->source, true, true, &stop_.token());
  if (auto done = collect_refusals(mapped, *file->source, ledger_.scratch(), &stop_.token()); !done) return done.error();
  auto job = set_up_job(request, info.operation, std::move(mapped), *file->source, *survey, info.source_spooled, &stop_.token());
  if (!job) return job.error();
  if ((*job)->info.mapping_hash != info.mapping_hash)
    return Error{ErrorKind::Drift, "The mapping of job " + info.id + " changed since it began.",
                 "Use the same mapping file, settings and connector to resume, or import again with --only-new."};
  auto checked = check_discovered_settings(**job, observer_, stop_);
  if (!checked) return checked.error();
  if (ended.stopped = stop_.reason(); ended.stopped) return ended;
  if ((*job)->target->account(info.id) != info.account && !(*job)->run.stop_first)
    return Error{ErrorKind::Drift, "Job " + info.id + " went to another account or address.",
                 "Leave --set, --base-url and --profile as they were, or import again."};
  // A credential that was refused, or was replaced, may be another one now: the job goes on under it.
  if (auto done = mark_credential(**job, ledger_.sent()); !done) return done.error();
  if (!(*job)->info.credential.empty()) info.credential = (*job)->info.credential;
  info.finished_ms = 0;
  info.stop_message.clear();
  if (request.ignore_consent) info.source_json = (*job)->info.source_json;
  (*job)->info = std::move(info);
  (*job)->run.resumes = true;
  (*job)->run.ask_unknown = can_ask;
  observer_.planned(**job, true);
  JobFiles files = files_of(request, survey->info, "");
  files.goes_on = true;
  const std::vector<JobWithFiles> jobs = {{job->get(), files}};
  if (auto done = check_outputs(request, (*job)->info.source_path, outputs_of(request, jobs)); !done) return done.error();
  if (auto other = beside(**job, request, ledger_.jobs()); !other) return other.error();
  auto reports = run_together(jobs, *file->source, ledger_, resume_words_, observer_, stop_);
  if (!reports.front()) return reports.front().error();
  ended.reports.push_back(std::move(*reports.front()));
  return ended;
}

}  // namespace switchboard::jobs
