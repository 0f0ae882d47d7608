#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/fingerprint.h"
#include "core/base/result.h"
#include "core/ledger/job_info.h"

namespace switchboard::ledger {

/// JobInfo::credential where nothing secret tells accounts apart: JobInfo::account says it all.
inline constexpr std::string_view kNoCredential = "*";

/// What was sent to an account by whichever job whose operation delivers; that of one which takes back would be left out (there is none
/// yet: OperationTraits::takes_back). Thread-safe; errors as in JobJournal.
///
/// Two jobs went to the same account where JobInfo::account is the same and the credential too. Where one of them does
/// not know its credential (a check; a job of the first release), the profiles must be the same.
class SentIndex {
 public:
  virtual ~SentIndex() = default;

  /// Content fingerprints of all rows that other jobs, begun at `since_ms` or later, sent to this job's account, in no
  /// order: `delivered`, or of a fate that is not known (unknown, or a request of theirs is open).
  virtual Result<void> for_each_sent(
      const JobInfo& job, std::int64_t since_ms,
      const std::function<void(const Fingerprint& content, bool delivered)>& visit) = 0;
  /// The newest other job that delivered a row of a source with these bytes to this job's account, or may have.
  virtual Result<std::optional<JobInfo>> sent_before(const JobInfo& job) = 0;

  /// What is kept of the secrets that identify a customer: 16 hexadecimal digits of their HMAC-SHA-256 under a random key
  /// that never leaves this ledger, so that they cannot be guessed from a report. kNoCredential for none.
  virtual Result<std::string> credential_mark(std::string_view secrets) = 0;
};

}  // namespace switchboard::ledger
