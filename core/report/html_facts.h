#pragma once

#include <string>
#include <vector>

#include "core/ledger/job_info.h"
#include "core/report/source_json.h"

namespace switchboard::report {

struct Fact {
  std::string name, value;
};

/// What the job's "source" JSON says, in words. Text that is no such JSON gives what the job knows by itself.
std::vector<Fact> source_facts(const ledger::JobInfo& job);

/// Version of the numbering plans that judged the job's numbers; empty: not known.
std::string phone_plans_of(const ledger::JobInfo& job);

/// The job's "mapping" JSON as lines; empty for text that is no such JSON.
std::vector<MappingLine> mapping_of(const std::string& mapping_json);

}  // namespace switchboard::report
