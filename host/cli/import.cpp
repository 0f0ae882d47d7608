#include "host/cli/commands.h"
#include "host/cli/final_report.h"
#include "host/cli/with_service.h"

namespace switchboard::cli {

Result<int> run_import(const Options& options, Terminal& terminal) {
  if (options.on("dry-run")) return run_check(options, terminal);
  return with_service(options, terminal, [&](jobs::JobService& service, const jobs::JobRequest& request) -> Result<int> {
    auto ended = service.import(request);
    if (!ended) return ended.error();
    return deliver(request.reports, terminal, *ended);
  });
}

}  // namespace switchboard::cli
