#pragma once

#include <string>

#include "core/base/result.h"
#include "core/mapping/mapping.h"
#include "host/cli/options.h"

namespace switchboard::cli {

/// The options that a job was begun with, as JSON, and back (for resume). No secret is among them. `own` goes before what the
/// command line says: what is the job's alone where a command has several.
std::string journal_json(const Options& options, const FlagValues& own);
Result<FlagValues> read_journal(const std::string& json);

/// Tells whether a resumed job would still send the same: the mapping and what else decides about values.
std::string mapping_hash(const mapping::Mapping& mapping, const std::string& region);

}  // namespace switchboard::cli
