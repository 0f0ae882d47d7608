#pragma once

#include <string>
#include <vector>

#include "host/jobs/job_request.h"
#include "host/transport/http.h"

namespace switchboard::jobs {

/// The first requests of an import as they would be sent, without secrets.
struct Previewed {
  std::vector<transport::HttpRequest> requests;
  std::vector<std::string> not_asked;  ///< settings that are shown as given; an import asks the vendor what they name
};

/// Nothing is sent, and no ledger is written. `spool_directory`: for a copy of standard input.
Result<Previewed> preview(const JobRequest& request, const std::string& spool_directory);

}  // namespace switchboard::jobs
