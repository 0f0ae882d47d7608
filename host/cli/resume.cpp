#include <filesystem>

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

/// The command line again, with what the job was begun with under it.
Result<Options> options_of_job(const Options& options, const ledger::JobInfo& info) {
  auto journal = read_journal(info.options_json);
  if (!journal) return journal.error();
  Invocation invocation;
  invocation.command = options.command();
  invocation.arguments = options.arguments();
  invocation.flags = options.given();
  // What is given once more for one setting or address leaves the others as they were.
  for (const char* list : {"set", "base-url"}) {
    const auto given = invocation.flags.find(list);
    const auto before = journal->find(list);
    if (given != invocation.flags.end() && before != journal->end())
      given->second.insert(given->second.begin(), before->second.begin(), before->second.end());
  }
  return Options::resolve(invocation, *journal);
}

/// Rows of unknown fate are work where they can be asked for, or are to be sent again.
bool has_work(const OutcomeCounts& counts, bool unknown_too) {
  return counts[Outcome::Pending] + counts[Outcome::Failed] + (unknown_too ? counts[Outcome::Unknown] : 0) > 0;
}

}  // namespace

Result<int> run_resume(const Options& command_line, Terminal& terminal) {
  Signals signals;  // before any other thread
  auto ledger = open_ledger(command_line);
  if (!ledger) return ledger.error();
  auto chosen = choose_job(**ledger, command_line, true);
  if (!chosen) return chosen.error();
  if (!*chosen) {
    terminal.note("There is nothing to resume: every job is finished.");
    return kDone;
  }
  ledger::JobInfo info = std::move(**chosen);
  auto lock = (*ledger)->lock(info.id);
  if (!lock) return lock.error();
  auto counts = (*ledger)->counts(info.id);
  if (!counts) return counts.error();
  auto chains = (*ledger)->chains(info.id);
  if (!chains) return chains.error();
  auto connectors = open_connectors(command_line, {info.connector_id});
  if (!connectors) return connectors.error();
  const bool can_ask = connectors->front()->manifest().offers("reconcile");
  if (!has_work(*counts, can_ask || command_line.on("resend-unknown")) && chains->empty()) {
    const std::uint64_t unknown = (*counts)[Outcome::Unknown];
    terminal.note("Nothing to resume: every row of job " + info.id + " has its outcome." +
                  (unknown == 0 ? std::string()
                                : "\n" + connectors->front()->manifest().name + " cannot be asked about the " +
                                      std::to_string(unknown) + " of unknown fate: look for them there, or send them again, " +
                                      "perhaps twice, with --resend-unknown."));
    return kDone;
  }

  auto resolved = options_of_job(command_line, info);
  if (!resolved) return resolved.error();
  const Options& options = *resolved;
  if (!std::filesystem::exists(info.source_path))
    return Error{ErrorKind::Input, "The file of job " + info.id + ", " + info.source_path + ", is not there any more.",
                 "Put it back; a job is resumed from the very same file."};
  auto file = open_file(options, info.source_path, info.source_name);
  if (!file) return file.error();
  auto survey = input::survey(*file->source);
  if (!survey) return survey.error();
  if (survey->info.sha256 != info.source_sha256)
    return Error{ErrorKind::Drift, info.source_path + " changed since job " + info.id + " began.",
                 "Put the old file back to resume, or import the new one with --only-new."};

  auto targets = open_targets(options, {info.connector_id}, Sends::Yes);
  if (!targets) return targets.error();
  // Where a setting makes one job each, this job's account tells which one it was.
  std::size_t mine = 0;
  for (std::size_t i = 0; i < targets->size(); ++i)
    if ((*targets)[i]->account(info.id) == info.account) mine = i;
  auto job = set_up_job(options, std::move((*targets)[mine]), *file->source, *survey, info.source_spooled, true);
  if (!job) return job.error();
  if ((*job)->info.mapping_hash != info.mapping_hash)
    return Error{ErrorKind::Drift, "The mapping of job " + info.id + " changed since it began.",
                 "Use the same mapping file, settings and connector to resume, or import again with --only-new."};
  auto checked = check_discovered_settings(**job, terminal, signals);
  if (!checked) return checked.error();
  if (signals.received() != 0) return signals.received();
  if ((*job)->target->account(info.id) != info.account && (*job)->run.stop_exit_code == 0)
    return Error{ErrorKind::Drift, "Job " + info.id + " went to another account or address.",
                 "Leave --set, --base-url and --profile as they were, or import again."};
  info.finished_ms = 0;
  info.stop_message.clear();
  (*job)->info = std::move(info);
  (*job)->run.resumes = true;
  (*job)->run.ask_unknown = can_ask;
  (*job)->run.resend_unknown = command_line.on("resend-unknown");
  terminal.detail("Resuming job " + (*job)->info.id);
  JobFiles files = files_of(options, survey->info, "");
  if (!(*job)->info.rejects_path.empty()) files.rejects = (*job)->info.rejects_path;
  files.goes_on = true;
  const std::vector<JobWithFiles> jobs = {{job->get(), files}};
  if (auto done = check_outputs(options, (*job)->info.source_path, outputs_of(options, jobs)); !done) return done.error();
  auto reports = run_together(options, terminal, signals, jobs, *file->source, **ledger);
  if (!reports.front()) return reports.front().error();
  return deliver_reports(options, terminal, {std::move(*reports.front())});
}

}  // namespace switchboard::cli
