#pragma once

#include "core/base/result.h"
#include "core/ledger/sqlite/database.h"

namespace switchboard::ledger {

/// What the connection that writes does, prepared once.
struct WriteStatements {
  Statement begin, commit, rollback;
  Statement find_job, insert_job, update_job, insert_batch, insert_new_batch, insert_fixed, update_batch, save_chain, remove_chain;
  Statement delete_chains, delete_fixed, delete_batches, blank_job, delete_job;
  Statement sent_before, running_to_account, spool_of, others_of_spool;

  Result<void> prepare(Database& database);
};

/// What the connection that reads does.
struct ReadStatements {
  Statement job, jobs, counts, batch, next_batches, next_outcomes, chains, jobs_of_account, next_sent, sent_before, mark_key;

  Result<void> prepare(Database& database);
};

}  // namespace switchboard::ledger
