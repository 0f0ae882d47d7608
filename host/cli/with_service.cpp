#include "host/cli/with_service.h"

#include "host/cli/final_report.h"
#include "host/cli/job_options.h"
#include "host/cli/own_profiles.h"
#include "host/cli/run_display.h"
#include "host/cli/signals.h"
#include "host/cli/ledger_options.h"

namespace switchboard::cli {

Result<int> with_service(const Options& options, Terminal& terminal,
                         const std::function<Result<int>(jobs::JobService&, const jobs::JobRequest&)>& run) {
  auto request = request_of(options, options.arguments()[0]);
  if (!request) return request.error();
  request->prints_json = terminal.json();
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  auto ledger = ledger_place(options).open(&stop.token());
  if (!ledger) return unless_stopped(ledger.error(), stop, terminal);
  auto spool = ledger_place(options).spool_directory(request->source);
  if (!spool) return spool.error();
  const OwnProfiles profiles;
  RunDisplay display(options, terminal);
  jobs::JobService service(**ledger, *spool, resume_words(options), profiles, display, stop);
  return run(service, *request);
}

}  // namespace switchboard::cli
