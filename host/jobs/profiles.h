#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "host/jobs/job_request.h"

namespace switchboard::jobs {

/// Where profiles stand: the configuration files of whoever runs jobs.
class Profiles {
 public:
  virtual ~Profiles() = default;
  /// The profile that a job was begun with, as it stands now; the ledger keeps no reference to a secret. Errors (Usage): it is not
  /// there any more. Unavailable: cancelled.
  virtual Result<Profile> as_it_stands(const Profile& of_job, const CancelToken* cancel) const = 0;
};

}  // namespace switchboard::jobs
