#pragma once

#include <string>
#include <vector>

#include "core/report/report.h"

/// What the page lists of a job: a name and a value each.
namespace switchboard::report {

struct Fact {
  std::string name, value;
};

/// Of the file. Where the job's "source" is no JSON of ours, what the job knows by itself.
std::vector<Fact> source_facts(const ledger::JobInfo& job);

/// Of the run.
std::vector<Fact> run_facts(const Report& report);

}  // namespace switchboard::report
