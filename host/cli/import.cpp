#include "host/cli/commands.h"
#include "host/cli/final_report.h"
#include "host/cli/job_options.h"
#include "host/cli/run_display.h"
#include "host/cli/signals.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<int> run_import(const Options& options, Terminal& terminal) {
  if (options.on("dry-run")) return run_check(options, terminal);
  auto request = request_of(options, options.arguments()[0]);
  if (!request) return request.error();
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  auto ledger = open_ledger(options);
  if (!ledger) return ledger.error();
  auto spool = spool_directory(options, request->source);
  if (!spool) return spool.error();
  RunDisplay display(options, terminal);
  jobs::JobService service(**ledger, *spool, resume_words(options), display, stop);
  auto ended = service.import(*request);
  if (!ended) return ended.error();
  return deliver(request->reports, terminal, *ended);
}

}  // namespace switchboard::cli
