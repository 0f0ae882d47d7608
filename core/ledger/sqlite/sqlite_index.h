#pragma once

#include "core/ledger/sent_index.h"
#include "core/ledger/sqlite/connections.h"

namespace switchboard::ledger {

/// What all jobs of the ledger's file sent.
class SqliteIndex final : public SentIndex {
 public:
  explicit SqliteIndex(Connections& connections) : connections_(connections) {}

  Result<void> for_each_sent(
      const JobInfo& job, std::int64_t since_ms,
      const std::function<void(const Fingerprint& content, bool delivered)>& visit) override;
  Result<std::optional<JobInfo>> sent_before(const JobInfo& job) override;
  Result<std::string> credential_mark(std::string_view secrets) override;

 private:
  /// What `job` sent.
  Result<void> visit_job(const JobInfo& job,
                         const std::function<void(const Fingerprint& content, bool delivered)>& visit);

  Connections& connections_;
};

}  // namespace switchboard::ledger
