#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/fingerprint.h"
#include "core/base/result.h"
#include "core/ledger/job_info.h"

namespace switchboard::ledger {

/// What was sent to an account by whichever job. Thread-safe; errors as in JobJournal.
class SentIndex {
 public:
  virtual ~SentIndex() = default;

  /// Content fingerprints of all rows that other jobs, begun at `since_ms` or later, sent to this account, in no order:
  /// `delivered`, or of a fate that is not known (unknown, or a request of theirs is open).
  virtual Result<void> for_each_sent(
      const std::string& account, const std::string& except_job, std::int64_t since_ms,
      const std::function<void(const Fingerprint& content, bool delivered)>& visit) = 0;
  /// The newest other job that delivered a row of a source with these bytes to this account, or may have.
  virtual Result<std::optional<JobInfo>> sent_before(const std::string& account, const std::string& source_sha256) = 0;
};

}  // namespace switchboard::ledger
