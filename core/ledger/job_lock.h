#pragma once

#include <memory>
#include <string>

#include "core/ledger/ledger.h"

namespace switchboard::ledger {

/// Takes the job's lock, an flock on `<state_dir>/locks/<job>` with our process id written in it. The kernel
/// gives it back when the process dies, so that a lock is never stale. A child that is forked without exec
/// shares it. Errors (ErrorKind::Usage): another process holds it (named by its id); no job can have such a
/// name.
Result<std::unique_ptr<JobLock>> lock_job(const std::string& state_dir, const std::string& job);

/// Whether a job may be called so: [a-z0-9-], so that it is safe as a file name.
bool is_job_id(std::string_view text);

}  // namespace switchboard::ledger
