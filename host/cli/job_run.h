#pragma once

#include <string>
#include <vector>

#include "core/report/report.h"
#include "host/cli/job_setup.h"
#include "host/cli/signals.h"
#include "host/cli/terminal.h"

namespace switchboard::cli {

/// What the engine works with, for this job.
engine::Parts parts_of(const Job& job, const input::Source& source, ledger::Ledger& ledger);

/// What a job writes.
struct JobFiles {
  std::string label;     ///< tells several jobs of one command apart: "truedy", "geelark-2"; empty: the only one
  std::string rejects;   ///< --rejects, else after the source's name; with the label: contacts.truedy.rejects.csv
  std::string contacts;  ///< --contacts, with the label; empty: none
  bool goes_on = false;  ///< the contacts are added to those of the run before (resume)
};
JobFiles files_of(const Options& options, const SourceInfo& info, const std::string& label);

struct JobWithFiles {
  Job* job;
  JobFiles files;
};

/// Runs jobs that stand in the ledger to their ends, side by side and from one reading of the source, showing progress;
/// writes the rejects file of each, and says what became of every row. A result for each job, in their order.
std::vector<Result<report::Report>> run_together(const Options& options, Terminal& terminal, Signals& signals,
                                                 const std::vector<JobWithFiles>& jobs, const input::Source& source,
                                                 ledger::Ledger& ledger);

/// Prints the final report on standard output and writes the files of --report. Returns the exit code.
Result<int> deliver_reports(const Options& options, Terminal& terminal, const std::vector<report::Report>& reports);

}  // namespace switchboard::cli
