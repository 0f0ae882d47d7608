#include "core/report/formats.h"
#include "host/cli/commands.h"
#include "host/cli/ledger_options.h"
#include "host/jobs/job_list.h"

namespace switchboard::cli {
namespace {

/// The one that the command names, else the newest.
Result<ledger::JobInfo> job_named(const Options& options, ledger::JobStore& jobs) {
  if (!options.arguments().empty()) return jobs::find_job(jobs, options.arguments()[0]);
  auto newest = jobs::newest_job(jobs);
  if (!newest) return newest.error();
  if (!*newest) return Error{ErrorKind::Usage, "There is no job yet.", "`switchboard import FILE --to CONNECTOR` makes one."};
  return std::move(**newest);
}

}  // namespace

Result<int> run_report(const Options& options, Terminal& terminal) {
  std::string form = options.text("report-format").value_or("text");
  // --output is accepted as the same; --format wins where both are given.
  if (options.origin("report-format") == "the default" && options.origin("output") != "the default")
    form = options.text("output").value_or("text");
  auto ledger = ledger_place(options).open();
  if (!ledger) return ledger.error();
  auto job = job_named(options, (*ledger)->jobs());
  if (!job) return job.error();
  auto journal = (*ledger)->jobs().journal(job->id);
  if (!journal) return journal.error();
  const report::Format& format = *report::format_named(form);  // one of the table's: Options takes no other word
  if (format.write_rows != nullptr) {
    const auto print = [&](std::string_view line) { return terminal.print(line) && terminal.print("\n"); };
    if (auto done = format.write_rows(**journal, print); !done) return done.error();
    return 0;
  }
  auto report = report::summarise(**journal, resume_words(options));
  if (!report) return report.error();
  terminal.print(format.write({*report}, terminal.colour_out()));
  return 0;
}

}  // namespace switchboard::cli
