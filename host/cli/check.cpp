#include "host/cli/commands.h"
#include "host/cli/final_report.h"
#include "host/cli/job_options.h"
#include "host/cli/run_display.h"
#include "host/cli/signals.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<int> run_check(const Options& options, Terminal& terminal) {
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
  auto ended = service.check(*request);
  if (!ended) return ended.error();
  auto exit_code = deliver(request->reports, terminal, *ended);
  if (!exit_code) return exit_code;
  // What could not be checked without the vendor is said, too.
  std::string names;
  for (const auto& name : ended->not_asked) names += (names.empty() ? "" : ", ") + name;
  terminal.note("Checked only: nothing was sent" + (names.empty() ? "." : ", and the vendor was not asked about " + names + "."));
  return exit_code;
}

}  // namespace switchboard::cli
