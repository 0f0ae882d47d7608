#pragma once

#include <string>

#include "host/cli/options.h"
#include "host/jobs/ledger_place.h"

namespace switchboard::cli {

/// What --ledger and --state-dir say.
jobs::LedgerPlace ledger_place(const Options& options);

/// "switchboard resume", with the options that find this ledger again, for commands that are proposed to people.
std::string resume_words(const Options& options);

}  // namespace switchboard::cli
