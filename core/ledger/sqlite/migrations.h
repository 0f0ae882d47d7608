#pragma once

#include <span>
#include <string>

#include "core/base/result.h"
#include "core/ledger/sqlite/database.h"

namespace switchboard::ledger {

/// "SwBd" in the file's application_id: a database of ours.
inline constexpr int kApplicationId = 0x53774264;

/// One step of the tables' history. The n-th leads to version n (the file's user_version, from 1 on); a step that was
/// released is never changed.
struct Migration {
  const char* what;  ///< for whoever reads the list
  const char* sql;
};
std::span<const Migration> migrations();

/// Version that this program reads and writes; a file with a greater one is refused.
int schema_version();

/// Makes the tables in an empty file.
Result<void> create_tables(Database& database);

/// Brings the tables from their version to ours, in one transaction. Two processes may try at once.
/// Errors (Storage): the file is not ours or newer; another process works on a job with it (its tables must not change
/// under it).
Result<void> migrate(Database& database, const std::string& state_dir);

}  // namespace switchboard::ledger
