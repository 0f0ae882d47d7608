#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "core/ledger/ledger.h"
#include "core/mapping/mapper.h"
#include "core/mapping/mapping.h"
#include "host/cli/options.h"
#include "host/cli/target.h"
#include "host/engine/engine.h"

namespace switchboard::cli {

/// One import of one source to one target, ready to run.
struct Job {
  std::unique_ptr<Target> target;
  mapping::Proposal proposal;
  std::unique_ptr<mapping::Mapper> mapper;
  engine::RunOptions run;
  ledger::JobInfo info;
};

/// The mapping of a source's columns to a connector's fields, by --map, --field and meaning.
Result<mapping::Proposal> propose_mapping(const Options& options, const mapping::Manifest& manifest,
                                          const std::map<std::string, std::string>& settings, const input::Source& source,
                                          bool alone);

/// Maps, checks that every required field has a column, and writes down what the ledger must know of the job.
/// Nothing is sent. Errors (Usage) name the missing fields.
Result<std::unique_ptr<Job>> set_up_job(const Options& options, std::unique_ptr<Target> target, const input::Source& source,
                                        const input::Survey& survey, bool spooled, bool alone);

/// Error (Usage) where this very file went to this account before and the vendor would store it twice.
Result<void> refuse_repetition(const Options& options, const Job& job, ledger::Ledger& ledger);

}  // namespace switchboard::cli
