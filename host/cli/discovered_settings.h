#pragma once

#include "host/cli/job_setup.h"

namespace switchboard::cli {

/// The manifest's settings that must name something in the account (a group, a folder …) do: asks the vendor once.
/// A label stands for its item's id, and the session is opened anew with that. Error (Usage): there is no such item,
/// or a label that several have. Where the vendor refuses the question or cannot be reached, the job is told to stop
/// before it sends anything.
Result<void> check_discovered_settings(Job& job, const engine::Parts& parts);

}  // namespace switchboard::cli
