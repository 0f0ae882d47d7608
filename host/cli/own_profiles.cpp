#include "host/cli/own_profiles.h"

#include "host/cli/options.h"

namespace switchboard::cli {

jobs::Profile profile_of(const Profile& profile) {
  return {profile.name, jobs::NamedFile::of(profile.file), profile.whose == Whose::Folder, profile.connector, profile.settings, profile.secrets};
}

Result<jobs::Profile> OwnProfiles::as_it_stands(const jobs::Profile& of_job, const CancelToken* cancel) const {
  std::vector<Profile> found;
  if (of_job.file.given()) {
    auto file = load_config(of_job.file.path, of_job.of_folder ? Whose::Folder : Whose::User, cancel);
    if (!file) return file.error();
    found = std::move(file->profiles);
  } else {
    Invocation invocation;
    invocation.flags["profile"] = {of_job.name};
    auto options = Options::resolve(invocation);
    if (!options) return options.error();
    found.push_back(*options->profile());
  }
  for (const auto& profile : found)
    if (profile.name == of_job.name) return profile_of(profile);
  return Error{ErrorKind::Usage, "The job's profile \"" + of_job.name + "\" is not in " + of_job.file.path + " any more.",
               "Put it back, or give --profile NAME with --config FILE."};
}

}  // namespace switchboard::cli
