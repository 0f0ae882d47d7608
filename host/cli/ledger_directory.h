#pragma once

#include <memory>
#include <string>

#include "core/ledger/ledger.h"
#include "host/cli/options.h"

namespace switchboard::cli {

/// Where the ledger lies: the directory of --ledger, else --state-dir, else $XDG_STATE_HOME/switchboard, else
/// ~/.local/state/switchboard. Errors (Usage): no home either; a --ledger of another kind.
Result<std::string> ledger_directory(const Options& options);

/// Where a copy of standard input is kept while it is needed; empty where `source` is a file and none is made.
Result<std::string> spool_directory(const Options& options, const std::string& source);

/// The ledger in that directory.
Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Options& options);

/// "switchboard resume", with the options that find this ledger again, for commands that are proposed to people.
std::string resume_words(const Options& options);

}  // namespace switchboard::cli
