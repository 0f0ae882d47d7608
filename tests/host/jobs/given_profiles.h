#pragma once

#include <optional>

#include "host/jobs/profiles.h"

namespace switchboard::jobs::test {

/// Holds the one profile that a test gives it.
struct GivenProfiles : Profiles {
  std::optional<Profile> given;
  Result<Profile> as_it_stands(const Profile& of_job, const CancelToken*) const override {
    if (!given) return usage_error("The job's profile \"" + of_job.name + "\" is gone.", "Put it back.");
    return *given;
  }
};

}  // namespace switchboard::jobs::test
