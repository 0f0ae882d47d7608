#pragma once

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/ledger/sent_index.h"
#include "host/jobs/job_request.h"
#include "host/transport/http.h"

namespace switchboard::jobs {

/// The first requests of an import as they would be sent, without secrets.
struct Previewed {
  std::vector<transport::HttpRequest> requests;
  std::vector<std::string> not_asked;  ///< settings that are shown as given; an import asks the vendor what they name
};

/// Nothing is sent, and no ledger is written. `spool_directory`: for a copy of standard input. `sent_before`: what earlier
/// jobs delivered, for JobRequest::only_new; else nullptr. Cancelled: ErrorKind::Unavailable.
Result<Previewed> preview(const JobRequest& request, const std::string& spool_directory, ledger::SentIndex* sent_before,
                          const CancelToken* cancel);

}  // namespace switchboard::jobs
