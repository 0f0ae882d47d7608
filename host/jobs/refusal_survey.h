#pragma once

#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/scratch_file.h"
#include "core/input/source.h"
#include "core/input/source_digest.h"
#include "host/jobs/job_setup.h"

namespace switchboard::jobs {

/// The survey of the source, and in the same reading what its rows say no to: also beyond --limit, a no counts wherever it stands.
/// `digest`: of the source; nullptr: nobody wants it.
Result<input::Survey> survey_for(std::vector<MappedTarget>& targets, const input::Source& source, input::SourceDigest* digest, ScratchPlace* scratch,
                                 const CancelToken* cancel);
/// What the rows say no to alone, of a source that was surveyed before it could be mapped.
Result<void> collect_refusals(MappedTarget& target, const input::Source& source, ScratchPlace& scratch, const CancelToken* cancel);

}  // namespace switchboard::jobs
