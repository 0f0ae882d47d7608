#include <fmt/format.h>

#include "core/base/json_text.h"
#include "core/base/time_text.h"
#include "core/report/wording.h"
#include "host/cli/commands.h"
#include "host/cli/ledger_options.h"
#include "host/jobs/job_list.h"

namespace switchboard::cli {
namespace {

/// A line of the table; `open`: rows that are failed, unknown or pending.
template <typename... Cells>
std::string line_of(const Cells&... cells) {
  return fmt::format("{:<34} {:<20} {:<12} {:>9} {:>9} {:>9} {:>9}  {}  ({})\n", cells...);
}

}  // namespace

Result<int> run_jobs(const Options& options, Terminal& terminal) {
  auto ledger = ledger_place(options).open();
  if (!ledger) return ledger.error();
  auto jobs = jobs::list_jobs((*ledger)->jobs());
  if (!jobs) return jobs.error();
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.jobs/1").key("jobs").begin_array();
  std::string text = jobs->empty() ? "No job yet. `switchboard import FILE --to CONNECTOR` makes one.\n"
                                   : line_of("job", "started", "state", "rows", "delivered", "rejected", "open", "source", "account");
  for (const auto& listed : *jobs) {
    const auto& [job, counts] = listed;
    text += line_of(job.id, iso8601_utc(job.started_ms), name_of(job.state), job.rows_read, counts.delivered(),
                    counts[Outcome::Rejected], counts.open(), one_line(job.source_name), listed.account());
    json.new_line().begin_object().member("job", job.id).member("state", name_of(job.state));
    job.state == ledger::JobState::Running ? json.key("exit_code").null() : json.member("exit_code", job.exit_code);
    json.member("connector", job.connector_id).member("source", job.source_name);
    json.member("account", job.account).member("profile", job.profile);
    job.credential.empty() || job.credential == ledger::kNoCredential ? json.key("credential").null()
                                                                      : json.member("credential", job.credential);
    json.member("started_at", iso8601_utc(job.started_ms)).key("rows").begin_object().member("read", job.rows_read);
    for (const auto& outcome : kOutcomes) json.member(outcome.name, counts[outcome.outcome]);
    json.end_object().end_object();
  }
  json.end_array().end_object();
  terminal.print(terminal.json() ? json.take() + "\n" : text);
  return 0;
}

}  // namespace switchboard::cli
