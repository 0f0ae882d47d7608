#include <algorithm>

#include "core/report/report.h"
#include "core/report/source_json.h"
#include "core/report/wording.h"
#include "core/report/writers.h"

namespace switchboard::report {
namespace {

constexpr std::size_t kMaxLines = 25;
constexpr std::size_t kMaxReasons = 6;
constexpr std::size_t kRowsShown = 5;
constexpr std::size_t kMessageWidth =
    160;  // clipped beyond: one message must not push the rest off the screen
constexpr std::size_t kStopMessageWidth = 500;

using Lines = std::vector<std::string>;

const char* colour_of(Tone tone) {
  switch (tone) {
    case Tone::Good:
      return "\x1b[1;32m";
    case Tone::Mixed:
      return "\x1b[1;33m";
    case Tone::Bad:
      return "\x1b[1;31m";
  }
  return "";
}

std::string padded(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

Lines count_lines(const Report& report) {
  const std::string total = with_separators(report.job.rows_read);
  Lines lines;
  const auto add = [&](std::string_view name, const std::string& number) {
    std::string line = "  " + std::string(name);
    line.resize(13, ' ');
    lines.push_back(line + padded(number, total.size()));
  };
  for (auto outcome : outcomes_in_order()) {
    const bool is_ready = report.dry_run && outcome == Outcome::Pending;
    if (report.rows[outcome] > 0)
      add(is_ready ? "ready" : name_of(outcome), with_separators(report.rows[outcome]));
  }
  if (lines.size() != 1) add("rows read", total);
  if (report.contacts) lines.push_back("  " + contacts_text(report) + ".");
  return lines;
}

Lines reason_lines(const std::vector<Reason>& reasons, std::size_t room) {
  Lines lines;
  std::size_t shown = std::min({reasons.size(), kMaxReasons, room / 2});
  if (shown < reasons.size() && shown * 2 + 1 > room && shown > 0)
    --shown;  // the line that tells of the others
  std::size_t width = 0;
  for (std::size_t i = 0; i < shown; ++i) width = std::max(width, with_separators(reasons[i].count).size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Reason& reason = reasons[i];
    const std::string code = reason.code.empty() ? "no reason given" : one_line(reason.code);
    lines.push_back("  " + padded(with_separators(reason.count), width) + " " +
                    std::string(name_of(reason.outcome)) + ": " + code + " (" +
                    rows_text(reason, kRowsShown) + ")");
    if (!reason.message.empty()) {
      lines.push_back(std::string(width + 3, ' ') + clipped(message_text(reason), kMessageWidth));
    }
  }
  if (shown < reasons.size()) lines.push_back("  and " + counted(reasons.size() - shown, "more reason"));
  return lines;
}

std::string warnings_line(const std::vector<Reason>& warnings) {
  constexpr std::size_t kShown = 3;
  std::string line = "Sent all the same, with a warning: ";
  for (std::size_t i = 0; i < std::min(kShown, warnings.size()); ++i) {
    line += (i == 0 ? "" : ", ") + one_line(warnings[i].code) + " (" + rows_text(warnings[i], 2) + ")";
  }
  if (warnings.size() > kShown) line += " and " + counted(warnings.size() - kShown, "more kind");
  return line;
}

/// Columns that were not sent, and what was left out or guessed.
Lines told_lines(const ledger::JobInfo& job) {
  constexpr std::size_t kNotes = 4, kNoteWidth = 400, kColumns = 8;
  const SourceTold source = read_source(job.source_json);
  Lines lines;
  for (const auto& told : told_sentences(source, kNotes)) lines.push_back(std::string(told.before) + clipped(one_line(told.text), kNoteWidth));
  if (const auto& columns = source.mapping.columns_not_sent; !columns.empty()) {
    std::string line = "Columns not sent: ";
    const std::size_t shown = columns.size() == kColumns + 1 ? columns.size() : std::min(kColumns, columns.size());
    for (std::size_t i = 0; i < shown; ++i) line += (i == 0 ? "" : ", ") + clipped(one_line(columns[i]), 40);
    if (shown < columns.size()) line += " and " + with_separators(columns.size() - shown) + " more";
    lines.push_back(line);
  }
  return lines;
}

std::string job_line(const Report& report) {
  const ledger::JobInfo& job = report.job;
  std::string line = "Job " + job.id;
  if (!job.source_name.empty()) line += ", " + one_line(job.source_name);
  if (job.finished_ms > job.started_ms) {
    line += ", " + duration_text(static_cast<std::uint64_t>(job.finished_ms - job.started_ms));
  }
  if (job.requests_sent > 0) {
    line += ", " + counted(job.requests_sent, "request");
    if (job.requests_retried > 0) line += " (" + with_separators(job.requests_retried) + " repeated)";
    if (job.waited_ms >= 1000) line += ", waited " + duration_text(job.waited_ms) + " for the vendor";
  }
  line += ", " + exit_code_text(job);
  if (const auto plans = read_source(job.source_json).phone_plans; !plans.empty()) line += ", phone plans " + plans;
  return line;
}

}  // namespace

std::string to_text(const Report& report, bool colour) {
  const Verdict verdict = verdict_of(report);
  Lines head = {verdict.sentence};
  if (!report.job.stop_message.empty()) {
    head.push_back(clipped(one_line(report.job.stop_message), kStopMessageWidth));
  }
  head.push_back("");

  const Lines counts = count_lines(report);
  Lines tail = told_lines(report.job);
  if (!report.warnings.empty()) tail.push_back(warnings_line(report.warnings));
  if (!report.warnings.empty() || !report.reasons.empty()) tail.push_back("");
  for (const auto& step : next_steps(report)) {
    tail.push_back(step.text + (step.command.empty() ? "." : ": " + step.command));
  }
  tail.push_back(job_line(report));

  const std::size_t used =
      head.size() + counts.size() + tail.size() + 1;  // 1: the empty line before the reasons
  const Lines reasons = reason_lines(report.reasons, used < kMaxLines ? kMaxLines - used : 0);

  std::string text;
  bool is_verdict = colour;
  const auto append = [&](const Lines& lines) {
    for (const auto& line : lines) {
      if (is_verdict) text += colour_of(verdict.tone);
      text += line;
      if (is_verdict) text += "\x1b[0m";
      is_verdict = false;
      text += '\n';
    }
  };
  append(head);
  append(counts);
  append({""});
  append(reasons);
  append(tail);
  return text;
}

}  // namespace switchboard::report
