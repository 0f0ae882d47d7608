#include "host/cli/commands.h"
#include "host/cli/exit_code.h"
#include "host/cli/final_report.h"
#include "host/cli/job_options.h"
#include "host/cli/own_profiles.h"
#include "host/cli/run_display.h"
#include "host/cli/signals.h"
#include "host/cli/ledger_options.h"
#include "host/jobs/job_list.h"

namespace switchboard::cli {
namespace {

/// nullopt: the command names none, and every job is finished.
Result<std::optional<ledger::JobInfo>> job_to_go_on_with(const Options& options, ledger::JobStore& jobs) {
  if (options.arguments().empty()) return jobs::job_to_resume(jobs, options.on("resend-unknown"));
  auto named = jobs::find_job(jobs, options.arguments()[0]);
  if (!named) return named.error();
  return std::optional(std::move(*named));
}

}  // namespace

Result<int> run_resume(const Options& options, Terminal& terminal) {
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  auto ledger = ledger_place(options).open(&stop.token());
  if (!ledger) return unless_stopped(ledger.error(), stop, terminal);
  auto job = job_to_go_on_with(options, (*ledger)->jobs());
  if (!job) return job.error();
  if (!*job) {
    terminal.note("There is nothing to resume: every job is finished.");
    return kDone;
  }
  const OwnProfiles profiles;
  RunDisplay display(options, terminal);
  jobs::JobService service(**ledger, "", resume_words(options), profiles, display, stop);
  std::vector<jobs::NamedFile> report_files;
  auto ended = service.resume(**job, [&](jobs::JobRequest& request) -> Result<void> {
    if (auto done = change_request(options, request); !done) return done;
    report_files = request.reports;
    return {};
  });
  if (!ended) return ended.error();
  return deliver(report_files, terminal, *ended);
}

}  // namespace switchboard::cli
