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
  std::string rejects;   ///< --rejects, else after the source's name
  std::string contacts;  ///< --contacts; empty: none
  bool goes_on = false;  ///< the contacts are added to those of the run before (resume)
};
/// `label` tells several jobs of one command apart: contacts.rejects.csv → contacts.truedy.rejects.csv; empty: one job.
JobFiles files_of(const Options& options, const SourceInfo& info, const std::string& label);

/// Runs a job that stands in the ledger to its end, showing progress; then writes its rejects file and says what
/// became of every row.
Result<report::Report> run_job(const Options& options, Terminal& terminal, Signals& signals, Job& job,
                               const input::Source& source, ledger::Ledger& ledger, const JobFiles& files);

/// Prints the final report on standard output and writes the files of --report. Returns the exit code.
Result<int> deliver_reports(const Options& options, Terminal& terminal, const std::vector<report::Report>& reports);

}  // namespace switchboard::cli
