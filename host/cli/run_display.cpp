#include "host/cli/run_display.h"

#include "host/jobs/job_setup.h"

namespace switchboard::cli {

RunDisplay::RunDisplay(const Options& options, Terminal& terminal)
    : terminal_(terminal), style_(progress_style(options.text("progress").value_or("auto"), terminal.quiet())) {}

void RunDisplay::surveyed(const input::Survey& survey) {
  for (const auto& warning : survey.info.warnings) terminal_.note("Note: " + warning);
  if (survey.records == 0)
    terminal_.note("Note: " + survey.info.name + (survey.info.columns.empty() ? " has no rows" : " has a header and no rows") +
                   ": there is nothing to import.");
}

void RunDisplay::waiting(const std::string& why, std::int64_t wait_ms) {
  terminal_.note("Waiting " + std::to_string((wait_ms + 999) / 1000) + " s: " + why);
}

void RunDisplay::planned(const jobs::Job& job, bool resumed) {
  if (resumed) {
    terminal_.detail("Resuming job " + job.info.id);
    return;
  }
  terminal_.detail((job.run.send ? "Job " + job.info.id : "Check") + ": " + job.info.source_name + " → " +
                   job.target->manifest().name + " at " + job.target->egress.base_url);
  for (const auto& row : job.proposal.rows)
    terminal_.detail("  " + row.column + " → " + row.field + " (" + row.reason + ")");
  if (job.proposal.unmapped.empty()) return;
  std::string text = "  not sent:";
  for (const auto& column : job.proposal.unmapped) text += " " + column + ";";
  terminal_.detail(text);
}

void RunDisplay::running(const std::vector<jobs::RunningJob>& jobs) {
  progress_ = std::make_unique<ProgressDisplay>(style_, jobs);
}

void RunDisplay::stopping(int) {
  terminal_.note("\nStopping: waiting for the requests that are out. Once more stops at once.");
}

void RunDisplay::finished() { progress_.reset(); }

void RunDisplay::remark(const std::string& text) { terminal_.note(text); }

}  // namespace switchboard::cli
