#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
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

/// What `read` makes of the first rows that a statement finds, until they hold some contacts (`contacts_of`); none: there are none. Some at
/// once, because each reading begins a transaction and ends it; not all, because no old snapshot is to hold the log.
template <class Read, class ContactsOf>
auto read_some(Statement& statement, Read read, ContactsOf contacts_of) {
  using Each = std::remove_reference_t<decltype(*read(statement))>;
  constexpr std::size_t kContacts = 2'000;
  const ResetAtEnd reset(statement);
  std::vector<Each> some;
  for (std::size_t contacts = 0; contacts < kContacts;) {
    auto row = statement.step();
    if (!row) return Result<std::vector<Each>>(row.error());
    if (!*row) break;
    auto each = read(statement);
    if (!each) return Result<std::vector<Each>>(each.error());
    contacts += contacts_of(*each) + 1;
    some.push_back(std::move(*each));
  }
  return Result<std::vector<Each>>(std::move(some));
}
/// Writes what changes of a job, within a write. Error (Usage): there is none.
Result<void> update_job(WriteStatements& writes, const JobInfo& job);
/// The key of a job, within a write. Error (Usage): there is none.
Result<std::int64_t> key_of(WriteStatements& writes, const std::string& job);

}  // namespace switchboard::ledger
