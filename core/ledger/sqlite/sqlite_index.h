#pragma once

#include "core/ledger/sent_index.h"
#include "core/ledger/sqlite/connections.h"

namespace switchboard::ledger {

/// What all jobs of the ledger's file sent.
class SqliteIndex final : public SentIndex {
 public:
  explicit SqliteIndex(Connections& connections) : connections_(connections) {}

  Result<void> for_each_sent(
      const std::string& account, const std::string& except_job, std::int64_t since_ms,
      const std::function<void(const Fingerprint& content, bool delivered)>& visit) override;
  Result<std::optional<JobInfo>> sent_before(const std::string& account, const std::string& source_sha256) override;

 private:
  /// What `job` sent.
  Result<void> visit_job(const JobInfo& job,
                         const std::function<void(const Fingerprint& content, bool delivered)>& visit);

  Connections& connections_;
};

}  // namespace switchboard::ledger
