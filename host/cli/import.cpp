#include <map>
#include <optional>

#include "host/cli/check_ledger.h"
#include "host/cli/commands.h"
#include "host/cli/discovered_settings.h"
#include "host/cli/exit_code.h"
#include "host/cli/flag_journal.h"
#include "host/cli/job_run.h"
#include "host/cli/output_paths.h"
#include "host/cli/source_setup.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {
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

/// What resume must know of a job's own files.
FlagValues own_flags(const JobFiles& files) {
  FlagValues values;
  if (files.label.empty()) return values;
  values["rejects"] = {files.rejects};
  if (!files.contacts.empty()) values["contacts"] = {files.contacts};
  return values;
}

void tell_job(const Terminal& terminal, const Job& job) {
  terminal.detail((job.run.send ? "Job " + job.info.id : "Check") + ": " + job.info.source_name + " → " +
                  job.target->manifest().name + " at " + job.target->egress.base_url);
  for (const auto& row : job.proposal.rows)
    terminal.detail("  " + row.column + " → " + row.field + " (" + row.reason + ")");
  if (!job.proposal.unmapped.empty()) {
    std::string text = "  not sent:";
    for (const auto& column : job.proposal.unmapped) text += " " + column + ";";
    terminal.detail(text);
  }
}

int stopped_early(const Terminal& terminal, int exit_code) {
  terminal.note("Stopped before anything was sent.");
  return exit_code;
}

/// What a check says at its end: what it could not check without the vendor, too.
std::string checked_only(const std::vector<std::unique_ptr<Job>>& jobs) {
  std::string names;
  for (const auto& job : jobs) {
    for (const auto& setting : job->target->manifest().settings)
      if (needs_asking(setting, job->target->settings)) names += (names.empty() ? "" : ", ") + setting.name;
  }
  return "Checked only: nothing was sent" + (names.empty() ? "." : ", and the vendor was not asked about " + names + ".");
}

/// All of `import`; with sends = false all of `check`: nothing is sent, and nothing stays in the ledger.
Result<int> run_jobs_of(const Options& options, Terminal& terminal, bool sends) {
  auto ids = connector_ids(options);
  if (!ids) return ids.error();
  Signals signals;  // before any other thread

  auto ledger = open_ledger(options);
  if (!ledger) return ledger.error();
  std::unique_ptr<ledger::Ledger> real;  // outlives the check's ledger, which asks it
  if (!sends) {
    real = std::move(*ledger);
    ledger = open_check_ledger(*real);
    if (!ledger) return ledger.error();
  }
  auto targets = open_targets(options, *ids, sends ? Sends::Yes : Sends::No);
  if (!targets) return targets.error();
  auto file = open_file(options, options.arguments()[0]);
  if (!file) return file.error();
  auto survey = input::survey(*file->source);
  if (!survey) return survey.error();
  for (const auto& warning : survey->info.warnings) terminal.note("Note: " + warning);
  if (survey->records == 0)
    terminal.note("Note: " + survey->info.name + " has a header and no rows: there is nothing to import.");

  std::vector<std::unique_ptr<Job>> jobs;
  const bool alone = targets->size() == 1;
  for (auto& target : *targets) {
    auto job = set_up_job(options, std::move(target), *file->source, *survey, file->spool.exists(), alone);
    if (!job) return job.error();
    (*job)->run.send = sends;
    jobs.push_back(std::move(*job));
  }
  const auto labels = labels_of(jobs);
  std::vector<JobWithFiles> runs;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    runs.push_back({jobs[i].get(), files_of(options, survey->info, labels[i])});
  if (auto done = check_outputs(options, options.arguments()[0], outputs_of(options, runs)); !done) return done.error();
  for (const auto& job : jobs) {
    if (sends) {
      auto done = check_discovered_settings(*job, terminal, signals);
      if (!done) return done.error();
      if (signals.received() != 0) return stopped_early(terminal, signals.received());
    }
    if (auto done = refuse_repetition(options, *job, **ledger); !done) return done.error();
  }

  std::vector<std::unique_ptr<ledger::JobLock>> locks;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Job& job = *jobs[i];
    job.info.options_json = journal_json(options, own_flags(runs[i].files));
    tell_job(terminal, job);
    if (auto done = (*ledger)->create_job(job.info); !done) return done.error();
    if (sends && i == 0) file->spool.keep();  // the jobs' from now on
    auto lock = (*ledger)->lock(job.info.id);
    if (!lock) return lock.error();
    locks.push_back(std::move(*lock));
  }
  auto results = run_together(options, terminal, signals, runs, *file->source, **ledger);
  locks.clear();

  std::vector<report::Report> reports;
  std::optional<Error> trouble;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i]) {
      results[i]->dry_run = !sends;
      reports.push_back(std::move(*results[i]));
      continue;
    }
    if (trouble) continue;
    trouble = results[i].error();
    trouble->remedy += (trouble->remedy.empty() ? "" : " ") + std::string("What was sent is in the ledger: `switchboard report ") +
                       jobs[i]->info.id + "`.";
  }
  if (trouble && reports.empty()) return *trouble;
  auto exit_code = deliver_reports(options, terminal, reports);
  ledger->reset();
  if (trouble) return *trouble;
  if (!sends) terminal.note(checked_only(jobs));
  return exit_code;
}

}  // namespace

Result<int> run_import(const Options& options, Terminal& terminal) {
  return run_jobs_of(options, terminal, !options.on("dry-run"));
}

Result<int> run_check(const Options& options, Terminal& terminal) { return run_jobs_of(options, terminal, false); }

}  // namespace switchboard::cli
