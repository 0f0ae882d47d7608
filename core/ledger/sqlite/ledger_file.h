#pragma once

#include <string>

#include "core/base/result.h"
#include "core/ledger/sqlite/database.h"

namespace switchboard::ledger {

std::string ledger_file(const std::string& state_dir);

/// Makes the ledger's file where there is none, whole or not at all, mode 0600. Several processes may try at
/// once.
Result<void> create_where_missing(const std::string& state_dir);

/// A connection to an existing ledger, its tables brought to our version, set up: durable commits, foreign keys, deleted content overwritten.
Result<Database> connect(const std::string& state_dir, const CancelToken* cancel);

}  // namespace switchboard::ledger
