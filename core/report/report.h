#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/outcome.h"
#include "core/base/row_id.h"
#include "core/base/result.h"
#include "core/ledger/batch_record.h"
#include "core/ledger/job_info.h"
#include "core/ledger/job_journal.h"
#include "core/ledger/contacts_of_rows.h"

namespace switchboard::report {

/// Rows that ended alike for the same reason; contacts, where rows hold several.
struct Reason {
  std::string code;
  Outcome outcome = Outcome::Rejected;  ///< not meaningful for warnings
  std::uint64_t count = 0;
  std::vector<RowId> rows;          ///< the first 20
  std::string message;              ///< of the first row; of duplicates, the pairs of the first few
  bool differs = false;             ///< other rows have another message: it is the first row's only
};

/// Everything the final report says about one job; the JSON shape is fixed by docs/formats.md.
struct Report {
  ledger::JobInfo job;
  OutcomeCounts rows;           ///< sum() = job.rows_read
  std::optional<OutcomeCounts> contacts;  ///< where a row gave several; rows that no batch holds yet count as one
  std::vector<Reason> reasons;  ///< rejected, skipped, failed, unknown; most frequent first
  std::vector<Reason> warnings;
  std::string resume = "switchboard resume";  ///< how a job is resumed, without its name: "switchboard resume"
  std::string resume_command;  ///< empty: nothing to resume, or nothing that would work as things stand
  bool dry_run = false;        ///< nothing was to be sent (`check`): the texts say so; set by the caller
};

/// A report in the making: batches in their order, then the job. Constant memory but for the distinct codes.
class Summary {
 public:
  /// `pending`: of a check, ready.
  explicit Summary(ledger::Pending pending);
  ~Summary();
  void add(const ledger::BatchRecord& batch);
  /// `job` as it is after its last batch; `resume`: as in summarise().
  Result<Report> report_of(ledger::JobInfo job, const std::string& resume) &&;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

/// Reads the job's batches once, for a Summary of them. `resume`: the words before the job's name in
/// commands that are proposed. `pending`: of a check, ready.
Result<Report> summarise(ledger::JobJournal& journal, const std::string& resume = "switchboard resume",
                         ledger::Pending pending = ledger::Pending::IsOpen);

/// The exit code of several jobs: the most serious one (core/base/end_reason.h). An unknown code counts as the most
/// serious; no codes at all are 0.
int most_serious(const std::vector<int>& exit_codes);

}  // namespace switchboard::report
