#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "core/input/source_digest.h"
#include "core/ledger/ledger.h"
#include "core/mapping/rows/mapper.h"
#include "core/mapping/rows/mapping.h"
#include "core/mapping/rows/refusals.h"
#include "host/jobs/job_request.h"
#include "host/jobs/target.h"
#include "host/engine/job/options.h"

namespace switchboard::jobs {

/// One import of one source to one target, ready to run.
struct Job {
  std::unique_ptr<Target> target;
  mapping::Proposal proposal;
  std::unique_ptr<mapping::Mapper> mapper;
  engine::RunOptions run;
  ledger::JobInfo info;
};

/// The mapping of a source's columns to a connector's fields, by --map, --field and meaning.
Result<mapping::Proposal> propose_mapping(const JobRequest& request, const mapping::Manifest& manifest,
                                          const std::map<std::string, std::string>& settings, const input::Source& source,
                                          bool alone, const CancelToken* cancel);

/// A target with the mapping of the source's columns to its fields. What cannot be mapped set_up_job() tells, after the survey
/// has told what is wrong with the file.
struct MappedTarget {
  std::unique_ptr<Target> target;
  Result<mapping::Proposal> proposal;
  mapping::MapOptions options;
  const contact::NumberingPlan* plan = nullptr;
  Result<std::unique_ptr<mapping::Mapper>> mapper;  ///< nullptr: there is no proposal
  mapping::Refusals refusals;  ///< numbers and addresses of rows that say no
};
/// `sends`: the job keeps what was sent, for later ones.
MappedTarget map_target(const JobRequest& request, std::unique_ptr<Target> target, const input::Source& source, bool alone, bool sends,
                        const CancelToken* cancel);

/// Checks that every required field has a column, and writes down what the ledger must know of the job.
/// Nothing is sent. `operation`: what the job does with each row. Errors (Usage) name the missing fields.
Result<std::unique_ptr<Job>> set_up_job(const JobRequest& request, Operation operation, MappedTarget mapped, const input::Source& source,
                                        const input::Survey& survey, bool spooled, const CancelToken* cancel);

/// Notes by which credential the job goes, so that the customers of one vendor are told apart.
Result<void> mark_credential(Job& job, ledger::SentIndex& sent);

/// What may not be beside this job, because the vendor would store contacts twice.
ledger::Repetition forbidden_beside(const JobRequest& request, const Job& job);
/// Usage: why the job may not begin beside `other`. `resume`: the words before a job's id in the command that goes on with it.
Error refusal(const Job& job, const ledger::JobInfo& other, bool running, ledger::JobStore& jobs,
              const std::string& resume);
/// Error (Usage) where this very file went to this account before and the vendor would store it twice.
Result<void> refuse_repetition(const JobRequest& request, const Job& job, ledger::Ledger& ledger, const std::string& resume);

}  // namespace switchboard::jobs
