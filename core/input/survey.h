#pragma once

#include "core/input/source.h"
#include "core/input/source_digest.h"

namespace switchboard::input {

/// survey() of source.h, with what the tally wants to know and to see of the records on the way, so that nobody else has to read the
/// source for it. `shared`: the source's digest, which may have begun before.
Result<Survey> survey(const Source& source, const CancelToken* cancel, RecordTally& tally, SourceDigest* shared = nullptr);

}  // namespace switchboard::input
