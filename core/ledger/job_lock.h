#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace switchboard::ledger {

/// Holds the job for this process; released when destroyed, also when the process dies.
class JobLock {
 public:
  virtual ~JobLock() = default;
};

/// Takes the job's lock, an flock on `<state_dir>/locks/<job>` with our process id written in it. The kernel
/// gives it back when the process dies, so that a lock is never stale. A child that is forked without exec
/// shares it. Errors (ErrorKind::Usage): another process holds it (named by its id); no job can have such a
/// name.
Result<std::unique_ptr<JobLock>> lock_job(const std::string& state_dir, const std::string& job);

/// Whether some process, perhaps this one, holds the job.
bool is_held(const std::string& state_dir, const std::string& job);
/// A job that some process holds; nullopt: none.
std::optional<std::string> held_job(const std::string& state_dir);

}  // namespace switchboard::ledger
