#include "host/jobs/check_ledger.h"

#include <cstdlib>
#include <filesystem>

namespace switchboard::jobs {
namespace {

using ledger::BatchRecord;
using ledger::ChainId;
using ledger::ChainRecord;
using ledger::JobInfo;

class CheckLedger : public ledger::Ledger {
 public:
  CheckLedger(ledger::Ledger& real, std::string directory, std::unique_ptr<ledger::Ledger> own)
      : real_(real), directory_(std::move(directory)), own_(std::move(own)) {}
  ~CheckLedger() override {
    own_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  Result<void> create_job(const JobInfo& job) override { return own_->create_job(job); }
  Result<void> update_job(const JobInfo& job) override { return own_->update_job(job); }
  Result<std::optional<JobInfo>> job(const std::string& id) override { return own_->job(id); }
  Result<std::vector<JobInfo>> jobs() override { return own_->jobs(); }
  Result<OutcomeCounts> counts(const std::string& job) override { return own_->counts(job); }
  Result<void> save(const std::string& job, const BatchRecord* batch, std::span<const ChainRecord> chains,
                    std::span<const ChainId> finished) override {
    return own_->save(job, batch, chains, finished);
  }
  Result<std::optional<BatchRecord>> batch(const std::string& job, std::uint64_t seq) override {
    return own_->batch(job, seq);
  }
  Result<void> for_each_batch(const std::string& job, const std::function<bool(const BatchRecord&)>& visit) override {
    return own_->for_each_batch(job, visit);
  }
  Result<std::vector<ChainRecord>> chains(const std::string& job) override { return own_->chains(job); }
  Result<void> for_each_sent(const std::string& account, const std::string& except_job, std::int64_t since_ms,
                             const std::function<void(const Fingerprint&, bool)>& visit) override {
    return real_.for_each_sent(account, except_job, since_ms, visit);
  }
  Result<std::optional<JobInfo>> sent_before(const std::string& account, const std::string& sha256) override {
    return real_.sent_before(account, sha256);
  }
  Result<std::unique_ptr<ledger::JobLock>> lock(const std::string& job) override { return own_->lock(job); }
  Result<void> forget(const std::string& job) override { return own_->forget(job); }

 private:
  ledger::Ledger& real_;
  std::string directory_;
  std::unique_ptr<ledger::Ledger> own_;
};

}  // namespace

Result<std::unique_ptr<ledger::Ledger>> open_check_ledger(ledger::Ledger& real) {
  std::error_code failed;
  std::string directory = (std::filesystem::temp_directory_path(failed) / "switchboard-check-XXXXXX").string();
  if (failed || mkdtemp(directory.data()) == nullptr)
    return Error{ErrorKind::Usage, "No temporary directory can be made for the check.", "Set TMPDIR to a directory of yours."};
  auto own = ledger::open_sqlite_ledger(directory);
  if (!own) return own.error();
  return std::unique_ptr<ledger::Ledger>(std::make_unique<CheckLedger>(real, directory, std::move(*own)));
}

}  // namespace switchboard::jobs
