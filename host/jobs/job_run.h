#pragma once

#include <string>
#include <vector>

#include "core/report/report.h"
#include "host/jobs/job_setup.h"
#include "host/jobs/observer.h"
#include "host/jobs/stop_button.h"

namespace switchboard::jobs {

/// What a job writes.
struct JobFiles {
  std::string label;     ///< tells several jobs of one command apart: "truedy", "geelark-2"; empty: the only one
  NamedFile rejects;     ///< JobRequest::rejects, else after the source's name; with the label: contacts.truedy.rejects.csv
  NamedFile contacts;    ///< JobRequest::contacts, with the label
  bool goes_on = false;  ///< the contacts are added to those of the run before (resume)
};

struct JobWithFiles {
  Job* job;
  JobFiles files;
};

/// Runs jobs that stand in the ledger to their ends, side by side and from one reading of the source; writes the rejects
/// file of each, and says what became of every row. A result for each job, in their order. `resume`: the words before a
/// job's id in the command that goes on with it.
std::vector<Result<report::Report>> run_together(const std::vector<JobWithFiles>& jobs, const input::Source& source,
                                                 ledger::Ledger& ledger, const std::string& resume, RunObserver& observer,
                                                 StopButton& stop);

}  // namespace switchboard::jobs
