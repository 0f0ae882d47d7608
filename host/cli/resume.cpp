#include "host/cli/commands.h"
#include "host/cli/exit_code.h"
#include "host/cli/final_report.h"
#include "host/cli/job_options.h"
#include "host/cli/run_display.h"
#include "host/cli/signals.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<int> run_resume(const Options& options, Terminal& terminal) {
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  auto ledger = open_ledger(options);
  if (!ledger) return ledger.error();
  auto job = choose_job(**ledger, options, true);
  if (!job) return job.error();
  if (!*job) {
    terminal.note("There is nothing to resume: every job is finished.");
    return kDone;
  }
  RunDisplay display(options, terminal);
  jobs::JobService service(**ledger, "", resume_words(options), display, stop);
  std::vector<jobs::NamedFile> report_files;
  auto ended = service.resume(**job, [&](jobs::JobRequest& request) -> Result<void> {
    if (auto done = change_request(options, request, &stop.token()); !done) return done;
    report_files = request.reports;
    return {};
  });
  if (!ended) return ended.error();
  return deliver(report_files, terminal, *ended);
}

}  // namespace switchboard::cli
