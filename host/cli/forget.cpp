#include "host/cli/commands.h"
#include "host/cli/ledger_options.h"
#include "host/jobs/job_list.h"

namespace switchboard::cli {

Result<int> run_forget(const Options& options, Terminal& terminal) {
  auto ledger = ledger_place(options).open();
  if (!ledger) return ledger.error();
  auto job = jobs::find_job((*ledger)->jobs(), options.arguments()[0]);
  if (!job) return job.error();
  if (auto done = (*ledger)->jobs().forget(job->id); !done) return done.error();
  terminal.note("Forgotten: job " + job->id + ". Its rejects file and reports, if any, are yours and stay.");
  return 0;
}

}  // namespace switchboard::cli
