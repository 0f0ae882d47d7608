#pragma once

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/ledger/sent_index.h"
#include "host/engine/preview.h"
#include "host/jobs/job_request.h"
#include "host/transport/http.h"

namespace switchboard::jobs {

/// The first requests of an import as they would be sent, without secrets.
struct Previewed {
  /// A connector for which there is nothing to show, and why.
  struct Empty {
    std::string connector;
    std::vector<engine::HeldBack> held_back;
  };
  std::vector<transport::HttpRequest> requests;
  std::vector<Empty> empty;
  std::vector<std::string> not_asked;  ///< settings that are shown as given; an import asks the vendor what they name
};

/// Nothing is sent, and no ledger is written. `spool_directory`: for a copy of standard input. `sent_before`: what earlier
/// jobs delivered, for JobRequest::only_new; else nullptr. Cancelled: ErrorKind::Unavailable.
Result<Previewed> preview(const JobRequest& request, const std::string& spool_directory, ledger::SentIndex* sent_before,
                          const CancelToken* cancel);

}  // namespace switchboard::jobs
