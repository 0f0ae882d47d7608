#include "core/report/formats.h"
#include "host/cli/commands.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<int> run_report(const Options& options, Terminal& terminal) {
  std::string form = options.text("report-format").value_or("text");
  // --output is accepted as the same; --format wins where both are given.
  if (options.origin("report-format") == "the default" && options.origin("output") != "the default")
    form = options.text("output").value_or("text");
  auto ledger = open_ledger(options);
  if (!ledger) return ledger.error();
  auto job = named_or_newest(**ledger, options);
  if (!job) return job.error();
  auto journal = (*ledger)->jobs().journal(job->id);
  if (!journal) return journal.error();
  const report::Format* format = report::format_named(form);  // Options knows the words
  if (format == nullptr || format->write == nullptr) {
    const auto print = [&](std::string_view line) { return terminal.print(line) && terminal.print("\n"); };
    if (auto done = report::write_ndjson(**journal, print); !done) return done.error();
    return 0;
  }
  auto report = report::summarise(**journal, resume_words(options));
  if (!report) return report.error();
  terminal.print(format->write({*report}, terminal.colour_out()));
  return 0;
}

}  // namespace switchboard::cli
