#include "core/report/wording.h"

#include <cstdio>

#include "core/base/end_reason.h"
#include "core/report/operation_words.h"

namespace switchboard::report {
namespace {

/// " are with truedy", as so many are.
std::string where_they_are(const ledger::JobInfo& job, std::uint64_t number) {
  const OperationWords& words = words_of(job.operation);
  return " " + std::string(number == 1 ? words.one_is : words.all_are) + " " + one_line(job.connector_id);
}
std::string was_or_were(std::uint64_t number) { return number == 1 ? " was" : " were"; }

std::string decimal(double value, const char* unit) {
  char text[48];
  std::snprintf(text, sizeof text, "%.1f %s", value, unit);
  return text;
}

/// What sentences count: rows, or the contacts of rows that hold several.
struct Counted {
  const OutcomeCounts& counts;
  std::uint64_t total;
  const char* what;
};
Counted counted_in(const Report& report) {
  if (report.contacts) return {*report.contacts, report.contacts->sum(), "contact"};
  return {report.rows, report.job.rows_read, "row"};
}

/// "100 rejected, 45 skipped": the outcomes that are no deliveries, where there are any.
std::string rest_of(const OutcomeCounts& rows) {
  std::string text;
  for (auto outcome : outcomes_in_order()) {
    if (is_delivered(outcome) || rows[outcome] == 0) continue;
    text += (text.empty() ? "" : ", ") + with_separators(rows[outcome]) + " " +
            std::string(name_of(outcome));
  }
  return text;
}

std::string progress_sentence(const Report& report, const std::string& begin) {
  const auto [counts, total, what] = counted_in(report);
  const std::uint64_t there = counts.delivered();
  // "0 of 1 row is", "1 of 5 rows is", "0 of 5 rows are".
  std::string sentence = begin + with_separators(there) + " of " + counted(total, what) + where_they_are(report.job, there == 0 ? total : there);
  const std::string rest = rest_of(counts);
  return sentence + (rest.empty() ? "." : "; " + rest + ".");
}

Verdict dry_run_verdict(const Report& report) {
  const auto [counts, total, what] = counted_in(report);
  const std::uint64_t good = total - counts[Outcome::Rejected] - counts[Outcome::Skipped];
  const OperationWords& words = words_of(report.job.operation);
  std::string sentence = "Checked: " + with_separators(good) + " of " + counted(total, what) + " " + std::string(words.can_be) + " " +
                         one_line(report.job.connector_id) + "; ";
  if (const auto n = counts[Outcome::Rejected]; n > 0) {
    sentence += with_separators(n) + was_or_were(n) + " rejected, ";
  }
  if (const auto n = counts[Outcome::Skipped]; n > 0)
    sentence += with_separators(n) + " would be skipped, ";
  return {counts[Outcome::Rejected] == 0 ? Tone::Good : Tone::Mixed, sentence + "nothing " + std::string(words.was_done) + "."};
}

}  // namespace

std::string duration_text(std::uint64_t ms) {
  const std::uint64_t seconds = ms / 1000, minutes = seconds / 60;
  if (ms < 1000) return std::to_string(ms) + " ms";
  if (seconds < 60) return decimal(static_cast<double>(ms) / 1000, "s");
  if (minutes < 60) return std::to_string(minutes) + " min " + std::to_string(seconds % 60) + " s";
  return with_separators(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string exit_code_text(const ledger::JobInfo& job) {
  if (job.state == ledger::JobState::Running) return "still running, or killed";
  return "exit code " + std::to_string(job.exit_code);
}

std::string rows_text(const Reason& reason, std::size_t shown) {
  std::string text = reason.count == 1 ? "row " : "rows ";
  const std::size_t listed = std::min(shown, reason.rows.size());
  for (std::size_t i = 0; i < listed; ++i) text += (i == 0 ? "" : ", ") + reason.rows[i].text();
  if (reason.count > listed) text += " and " + with_separators(reason.count - listed) + " more";
  return text;
}

std::string message_text(const Reason& reason) {
  const bool of_one = reason.differs && !reason.rows.empty();
  return (of_one ? "row " + reason.rows.front().text() + ": " : std::string()) + one_line(reason.message);
}

const std::vector<Outcome>& outcomes_in_order() {
  static const std::vector<Outcome> order = [] {
    std::vector<Outcome> all;
    for (std::size_t i = 1; i < kOutcomeCount; ++i) all.push_back(static_cast<Outcome>(i));
    all.push_back(Outcome::Pending);  // last, where the enumeration has it first
    return all;
  }();
  return order;
}

std::string contacts_text(const Report& report) {
  if (!report.contacts) return {};
  std::string text;
  for (auto outcome : outcomes_in_order()) {
    const auto n = (*report.contacts)[outcome];
    const bool is_ready = report.dry_run && outcome == Outcome::Pending;
    if (n > 0) text += (text.empty() ? "" : ", ") + with_separators(n) + " " + (is_ready ? "ready" : std::string(name_of(outcome)));
  }
  return "Rows hold several people, " + counted(report.contacts->sum(), "contact") + ": " + text;
}

Verdict verdict_of(const Report& report) {
  const auto [rows, total, what] = counted_in(report);
  if (report.dry_run) return dry_run_verdict(report);
  switch (report.job.state) {
    case ledger::JobState::Running:
      return {Tone::Mixed, progress_sentence(report, "Not finished: ")};
    case ledger::JobState::Stopped:
      return {Tone::Bad, progress_sentence(report, "Stopped: ")};
    case ledger::JobState::Interrupted:
      return {Tone::Bad, progress_sentence(report, "Interrupted: ")};
    case ledger::JobState::Finished:
      break;
  }
  if (rows.delivered() + rows[Outcome::Skipped] == total) {
    if (total == 0)
      return {Tone::Good, "Finished: the file has no rows, so nothing " + std::string(words_of(report.job.operation).was_done) + "."};
    if (rows[Outcome::Skipped] > 0) return {Tone::Good, progress_sentence(report, "Finished: ")};
    return {Tone::Good, "Finished: " + (total == 1 ? "the 1 " + std::string(what) : "all " + counted(total, what)) +
                            where_they_are(report.job, total) + "."};
  }
  const bool is_bad = rows[Outcome::Failed] + rows[Outcome::Unknown] + rows[Outcome::Pending] > 0;
  return {is_bad ? Tone::Bad : Tone::Mixed, progress_sentence(report, "Finished: ")};
}

std::vector<Told> told_sentences(const SourceTold& source, std::size_t most) {
  std::vector<Told> all;
  if (source.mapping.consent_ignored) all.push_back({"", "Columns that say no to being contacted were ignored (--ignore-consent)."});
  const auto& of_mapping = source.mapping.notes;
  for (std::size_t i = 0; i < std::min(most, of_mapping.size()); ++i) all.push_back({"", of_mapping[i]});
  const auto& of_file = source.notes;
  // A line that says "1 more" would take the room of that one.
  const std::size_t shown = of_file.size() - 1 == most ? of_file.size() : std::min(most, of_file.size());
  for (std::size_t i = 0; i < shown; ++i) all.push_back({"Note: ", of_file[i]});
  if (shown < of_file.size())
    all.push_back({"Note: ", counted(of_file.size() - shown, "more note") + " on the file in the JSON and HTML reports"});
  return all;
}

bool ended_by_drift(const ledger::JobInfo& job) {
  return job.state == ledger::JobState::Stopped && job.exit_code == exit_code_of(EndReason::Drift);
}

std::vector<Step> next_steps(const Report& report) {
  std::vector<Step> steps;
  if (ended_by_drift(report.job) && !report.dry_run) {
    const std::string name = one_line(report.job.source_name);
    steps.push_back({"To go on, put " + name + " back as it was when the job began, then", report.resume + " " + report.job.id});
    steps.push_back({"To send it as it is now instead, import it as before and add --only-new, which passes over what was sent", ""});
  }
  if (!report.resume_command.empty() && !report.dry_run) steps.push_back({"To go on", report.resume_command});
  if (!report.job.rejects_path.empty()) {
    steps.push_back(
        {"Correct the rejected rows in " + one_line(report.job.rejects_path) + ", then import that file",
         ""});
  }
  if (const auto n = report.rows[Outcome::Unknown]; n > 0) {
    const std::string command = report.resume + " " + report.job.id;
    const std::string rows = counted(n, "unknown row");
    // Going on asks about them as well.
    if (report.resume_command.empty())
      steps.push_back({"To ask the vendor what became of " + rows + ", where it can be asked", command});
    steps.push_back({"To " + std::string(words_of(report.job.operation).to_do) + " " + rows + " again, perhaps twice, after looking for " + (n == 1 ? "it" : "them") + " at the vendor",
                     command + " --resend-unknown"});
  }
  return steps;
}

}  // namespace switchboard::report
