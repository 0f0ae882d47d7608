#include "host/cli/commands.h"
#include "host/cli/final_report.h"
#include "host/cli/with_service.h"

namespace switchboard::cli {

Result<int> run_check(const Options& options, Terminal& terminal) {
  return with_service(options, terminal, [&](jobs::JobService& service, const jobs::JobRequest& request) -> Result<int> {
    auto ended = service.check(request);
    if (!ended) return ended.error();
    auto exit_code = deliver(request.reports, terminal, *ended);
    if (!exit_code) return exit_code;
    // What could not be checked without the vendor is said, too.
    std::string names;
    for (const auto& name : ended->not_asked) names += (names.empty() ? "" : ", ") + name;
    terminal.note("Checked only: nothing was sent" + (names.empty() ? "." : ", and the vendor was not asked about " + names + "."));
    return exit_code;
  });
}

}  // namespace switchboard::cli
