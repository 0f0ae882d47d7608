#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/report/report.h"
#include "host/jobs/job_request.h"
#include "host/jobs/observer.h"
#include "host/jobs/profiles.h"
#include "host/jobs/stop_button.h"

namespace switchboard::jobs {

/// How a request ended.
struct Ended {
  std::vector<report::Report> reports;  ///< one a job, in the order of the jobs; those that could be run
  std::optional<Error> trouble;         ///< of ours, that kept the first of the others from its end
  std::optional<EndReason> stopped;     ///< told to stop before anything was sent
  std::string nothing_to_do;            ///< resume: why not, in a sentence; else empty
  std::vector<std::string> not_asked;   ///< check: settings about which an import asks the vendor
};

/// Runs jobs (job_list.h lists them, preview_job.h shows one): everything below a command line, a page or a test that asks for it. Borrows what it is made of. One call at a
/// time. Errors are those before a job began (ErrorKind::Usage …); a job that began ends in its report.
class JobService {
 public:
  /// `spool_directory`: where a copy of standard input is kept. `resume_words`: what stands before a job's id in the command
  /// that goes on with it.
  JobService(ledger::Ledger& ledger, std::string spool_directory, std::string resume_words, const Profiles& profiles,
             RunObserver& observer, StopButton& stop)
      : ledger_(ledger), spool_directory_(std::move(spool_directory)), resume_words_(std::move(resume_words)),
        profiles_(profiles), observer_(observer), stop_(stop) {}

  /// Imports JobRequest::source into its connectors: a job each.
  Result<Ended> import(const JobRequest& request) { return or_stopped(begin(request, Operation::Import, ledger_, true)); }
  /// The same but sending; nothing stays in the ledger.
  Result<Ended> check(const JobRequest& request);
  /// Goes on with a job. `change`: what is different from the time it began; called once the job is found and locked.
  using Change = std::function<Result<void>(JobRequest&)>;
  Result<Ended> resume(const ledger::JobInfo& job, const Change& change = {}) { return or_stopped(go_on(job, change)); }

 private:
  Result<Ended> go_on(const ledger::JobInfo& job, const Change& change);
  /// An error of whoever was told to stop is none.
  Result<Ended> or_stopped(Result<Ended> ended) const;
  Result<Ended> begin(const JobRequest& request, Operation operation, ledger::Ledger& ledger, bool sends);

  ledger::Ledger& ledger_;
  const std::string spool_directory_, resume_words_;
  const Profiles& profiles_;
  RunObserver& observer_;
  StopButton& stop_;
};

}  // namespace switchboard::jobs
