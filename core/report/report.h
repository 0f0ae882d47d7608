#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/outcome.h"
#include "core/base/result.h"
#include "core/ledger/ledger.h"

namespace switchboard::report {

/// Rows that ended alike for the same reason.
struct Reason {
  std::string code;
  Outcome outcome = Outcome::Rejected;  ///< not meaningful for warnings
  std::uint64_t count = 0;
  std::vector<std::uint64_t> rows;  ///< the first 20
  std::string message;              ///< of the first row
};

/// Everything the final report says about one job; the JSON shape is fixed by docs/formats.md.
struct Report {
  ledger::JobInfo job;
  OutcomeCounts rows;           ///< sum() = job.rows_read
  std::vector<Reason> reasons;  ///< rejected, skipped, failed, unknown; most frequent first
  std::vector<Reason> warnings;
  std::string resume = "switchboard resume";  ///< how a job is resumed, without its name: "switchboard resume"
  std::string resume_command;  ///< empty: nothing to resume
  bool dry_run = false;        ///< nothing was to be sent (`check`): the texts say so; set by the caller
};

/// Reads the job's batches once. Constant memory but for the distinct codes. `resume`: the words before the job's name in
/// commands that are proposed. Error (Usage): there is no such job.
Result<Report> summarise(ledger::Ledger& ledger, const std::string& job_id,
                         const std::string& resume = "switchboard resume");

/// At most 25 lines for whoever ran the job: what happened, why, what to do now. Ends in a line end.
std::string to_text(const Report& report, bool colour);
/// One object, one line a member, no line end at the end.
std::string to_json(const Report& report);
/// {"schema", "exit_code", "jobs": […]} for several jobs of one command.
std::string to_json(const std::vector<Report>& reports, int exit_code);
/// One self-contained page; loads nothing from outside.
std::string to_html(const std::vector<Report>& reports);

/// One line a row: {"row", "line", "outcome", "code", "field", "vendor_id", "message"}, to `write`, in row
/// order. Rows that no batch holds yet are pending, their line null.
Result<void> write_ndjson(ledger::Ledger& ledger, const std::string& job_id,
                          const std::function<Result<void>(std::string_view line)>& write);

/// The exit code of several jobs, the most serious for the user first: 1 (a defect: trust nothing), 5 and 6
/// (nothing goes on before somebody acts), 4, then 143 and 130 (stopped, `resume` goes on), 7, 8 and 2 (a job
/// that did not begin), 9 and 3 (finished, rows need a look), 0. An unknown code counts as 1 does; no codes
/// at all are 0.
int most_serious(const std::vector<int>& exit_codes);

}  // namespace switchboard::report
