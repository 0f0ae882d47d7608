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

/// Where a job's rejects go: --rejects, else the source's name; `label` tells several jobs of one command apart.
std::string rejects_path(const Options& options, const SourceInfo& info, const std::string& label);

/// Runs a job that stands in the ledger to its end, showing progress; then writes its rejects file and says what
/// became of every row. `path` is where the rejects go.
Result<report::Report> run_job(const Options& options, Terminal& terminal, Signals& signals, Job& job,
                               const input::Source& source, ledger::Ledger& ledger, const std::string& path);

/// Prints the final report on standard output and writes the files of --report. Returns the exit code.
Result<int> deliver_reports(const Options& options, Terminal& terminal, const std::vector<report::Report>& reports);

}  // namespace switchboard::cli
