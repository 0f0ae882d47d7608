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
  OutcomeCounts rows;             ///< sum() = job.rows_read
  std::vector<Reason> reasons;    ///< rejected, skipped, failed, unknown; most frequent first
  std::vector<Reason> warnings;
  std::string resume_command;     ///< empty: nothing to resume
};

/// Reads the job's batches once. Constant memory but for the distinct codes.
Result<Report> summarise(ledger::Ledger& ledger, const std::string& job_id);

std::string to_text(const Report& report, bool colour);
std::string to_json(const Report& report);
/// {"schema", "exit_code", "jobs": […]} for several jobs of one command.
std::string to_json(const std::vector<Report>& reports, int exit_code);
/// One self-contained page; loads nothing from outside.
std::string to_html(const std::vector<Report>& reports);

/// One line a row: {"row", "line", "outcome", "code", "field", "vendor_id", "message"}, to `write`, in row order.
/// Rows that no batch holds yet are pending, their line null.
Result<void> write_ndjson(ledger::Ledger& ledger, const std::string& job_id,
                          const std::function<Result<void>(std::string_view line)>& write);

/// The most serious exit code for the user: 5, 6, 4, 9, 3 (then as given).
int most_serious(const std::vector<int>& exit_codes);

}  // namespace switchboard::report
