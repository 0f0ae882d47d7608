#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/ledger/job_info.h"
#include "core/ledger/packing/packed_batch.h"
#include "core/ledger/batch_record.h"
#include "core/ledger/chain_record.h"
#include "core/ledger/sqlite/database.h"

/// Between the ledger's structs and the columns of its tables.
namespace switchboard::ledger {

/// In the order of bind_job() and read_job().
inline constexpr const char* kJobColumns =
    "id, state, exit_code, started_ms, finished_ms, rows_read, requests_sent, requests_retried, waited_ms, "
    "source_bytes, source_spooled, connector_id, connector_version, account, profile, source_name, "
    "source_path, "
    "source_sha256, mapping_hash, stop_message, rejects_path, source_json, mapping_json, options_json, credential";
inline constexpr const char* kJobPlaces =
    "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, "
    "?23, ?24, ?25";

void bind_job(Statement& statement, const JobInfo& job);
/// The parts of it that change.
void bind_job_update(Statement& statement, const JobInfo& job);
Result<JobInfo> read_job(const Statement& row, const std::string& file);

inline constexpr const char* kBatchColumns =
    "seq, first_row, row_count, contacts, created, updated, unchanged, accepted, rejected, skipped, failed, unknown, outcomes, "
    "parts, lines, warnings, identity, content";
/// What changes of a batch, with what it is known by; for insert and update alike.
void bind_outcomes(Statement& statement, std::int64_t job_key, const PackedOutcomes& batch);
/// What is written once.
void bind_fixed(Statement& statement, std::int64_t batch_key, const PackedFixed& batch);
Result<BatchRecord> read_batch(const Statement& row, const std::string& file);

inline constexpr const char* kChainColumns =
    "chain.batch, chain.chain, op, step, attempt, replay, phase, not_before_ms, started_ms, rows, state";
/// `packed_rows`: pack_indices(chain.rows).
void bind_chain(Statement& statement, std::int64_t job_key, const ChainRecord& chain, const std::string& packed_rows);
/// After kChainColumns the row must hold how many contacts there are in the chain's batch.
Result<ChainRecord> read_chain(const Statement& row, const std::string& file);

/// A ledger whose content cannot have been written by us.
Error damaged(const std::string& file, const std::string& what);

}  // namespace switchboard::ledger
