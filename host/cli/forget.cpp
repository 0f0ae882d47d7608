#include "host/cli/commands.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<int> run_forget(const Options& options, Terminal& terminal) {
  auto ledger = open_ledger(options);
  if (!ledger) return ledger.error();
  auto job = named_or_newest(**ledger, options);
  if (!job) return job.error();
  if (auto done = (*ledger)->jobs().forget(job->id); !done) return done.error();
  terminal.note("Forgotten: job " + job->id + ". Its rejects file and reports, if any, are yours and stay.");
  return 0;
}

}  // namespace switchboard::cli
