#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/ledger/job_info.h"
#include "core/ledger/packing/packed_batch.h"
#include "core/ledger/batch_record.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/chain_record.h"
#include "core/ledger/sqlite/database.h"

/// Between the ledger's structs and rows of its tables, in whose columns (table_columns.h) they stand.
namespace switchboard::ledger {

void bind_job(Statement& statement, const JobInfo& job);
/// The parts of it that change.
void bind_job_update(Statement& statement, const JobInfo& job);
Result<JobInfo> read_job(const Statement& row, const std::string& file);

/// What changes of a batch, with what it is known by; for insert and update alike.
void bind_outcomes(Statement& statement, std::int64_t job_key, const PackedOutcomes& batch);
/// What is written once.
void bind_fixed(Statement& statement, std::int64_t batch_key, const PackedFixed& batch);
/// Of NoFingerprints: behind the columns the row must hold the length of `content`.
Result<BatchRecord> read_batch(const Statement& row, const std::string& file, Reads reads = Reads::Everything);

/// What of a batch tells which of its contacts were sent.
struct SentBatch {
  std::uint64_t seq = 0;
  std::vector<Outcome> outcomes;     ///< by contact
  std::vector<Fingerprint> content;  ///< likewise
};
Result<SentBatch> read_sent_batch(const Statement& row, const std::string& file);

/// `packed_rows`: pack_indices(chain.rows).
void bind_chain(Statement& statement, std::int64_t job_key, const ChainRecord& chain, const std::string& packed_rows);
/// After the chain's columns the row must hold how many contacts there are in the chain's batch.
Result<ChainRecord> read_chain(const Statement& row, const std::string& file);

/// A ledger whose content cannot have been written by us.
Error damaged(const std::string& file, const std::string& what);

}  // namespace switchboard::ledger
