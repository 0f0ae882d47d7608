#pragma once

#include <string>

#include "core/base/result.h"
#include "host/jobs/job_request.h"

namespace switchboard::jobs {

/// A request as the ledger keeps it (docs/formats.md, Ledger), and back. The references of a profile's secrets stay out.
std::string to_json(const JobRequest& request);
/// Reads the form of the first release, too: {"option": ["value", …]}. Error (Storage): damaged, or written by a
/// newer version.
Result<JobRequest> request_from_json(const std::string& json);

}  // namespace switchboard::jobs
