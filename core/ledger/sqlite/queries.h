#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ledger/job_store.h"
#include "core/ledger/batch_record.h"
#include "core/ledger/chain_record.h"
#include "core/ledger/sqlite/connections.h"

/// What more than one role of the ledger asks the file.
namespace switchboard::ledger {

/// All jobs that a statement of job_columns() finds.
Result<std::vector<JobInfo>> read_jobs(Statement& statement, const std::string& file);
Result<std::optional<JobInfo>> find_job(Connections& connections, const std::string& id);
Result<OutcomeCounts> counts_of(Connections& connections, const std::string& job);
Result<std::vector<ChainRecord>> chains_of(Connections& connections, const std::string& job);
/// The first batch that a statement of batch_columns() and fixed_columns() finds; std::nullopt: there is none.
Result<std::optional<BatchRecord>> read_one_batch(Statement& statement, const std::string& file);
/// Writes what changes of a job, within a write. Error (Usage): there is none.
Result<void> update_job(WriteStatements& writes, const JobInfo& job);
/// The key of a job, within a write. Error (Usage): there is none.
Result<std::int64_t> key_of(WriteStatements& writes, const std::string& job);

}  // namespace switchboard::ledger
