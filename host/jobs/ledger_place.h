#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/ledger/ledger.h"

namespace switchboard::jobs {

/// Where jobs are kept, as far as somebody said it.
struct LedgerPlace {
  std::optional<std::string> url;        ///< "sqlite:DIRECTORY"; goes before
  std::optional<std::string> state_dir;  ///< a directory

  /// What is said, else $XDG_STATE_HOME/switchboard, else ~/.local/state/switchboard. Errors (Usage): no home either; a URL of
  /// another kind.
  Result<std::string> directory() const;
  /// The ledger in that directory, which is made where it is missing. `cancel`, which outlives it, ends the waiting for another
  /// process that has it locked.
  Result<std::unique_ptr<ledger::Ledger>> open(const CancelToken* cancel = nullptr) const;
  /// Where a copy of standard input is kept while it is needed; empty where `source` is a file and none is made.
  Result<std::string> spool_directory(const std::string& source) const;
};

}  // namespace switchboard::jobs
