#pragma once

#include "core/input/source.h"
#include "core/input/source_digest.h"

namespace switchboard::input {

/// survey() of source.h, with what the tally wants to know and to see of the records on the way, so that nobody else has to read the
/// source for it. `digest`: of the source, which may have begun before; nullptr: nobody wants to know it, and SourceInfo::sha256 is empty.
Result<Survey> survey(const Source& source, const CancelToken* cancel, RecordTally& tally, SourceDigest* digest);

}  // namespace switchboard::input
