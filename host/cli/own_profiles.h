#pragma once

#include "host/cli/config_file.h"
#include "host/jobs/profiles.h"

namespace switchboard::cli {

jobs::Profile profile_of(const Profile& profile);

/// Profiles in the file that a job names; for jobs of the first release, which name none, in those that every command looks into.
class OwnProfiles : public jobs::Profiles {
 public:
  Result<jobs::Profile> as_it_stands(const jobs::Profile& of_job, const CancelToken* cancel) const override;
};

}  // namespace switchboard::cli
