#pragma once

#include "core/base/result.h"
#include "core/ledger/sqlite/database.h"

namespace switchboard::ledger {

/// What the connection that writes does, prepared once.
struct WriteStatements {
  Statement begin, commit, rollback;
  Statement find_job, insert_job, update_job, save_batch, save_chain, remove_chain;
  Statement delete_chains, delete_batches, blank_job, delete_job;

  Result<void> prepare(Database& database);
};

/// What the connection that reads does.
struct ReadStatements {
  Statement job, jobs, counts, batch, next_batch, chains, jobs_of_account, next_sent, sent_before;

  Result<void> prepare(Database& database);
};

}  // namespace switchboard::ledger
