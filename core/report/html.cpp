#include <cstdio>
#include <initializer_list>
#include <limits>

#include "core/report/html_facts.h"
#include "core/report/html_style.h"
#include "core/report/html_text.h"
#include "core/report/operation_words.h"
#include "core/report/report.h"
#include "core/report/source_json.h"
#include "core/report/wording.h"
#include "core/report/writers.h"

namespace switchboard::report {
namespace {

std::string tagged(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + html_escaped(text) + "</" + std::string(name) + ">";
}

std::string tone_class(Tone tone) {
  return tone == Tone::Good ? "good" : tone == Tone::Mixed ? "mixed" : "bad";
}

std::string label_of(Outcome outcome, bool dry_run) {
  return dry_run && outcome == Outcome::Pending ? "ready" : std::string(name_of(outcome));
}

std::string share_of(std::uint64_t part, std::uint64_t whole) {
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (percent < 0.1) return "< 0.1 %";
  char text[32];
  std::snprintf(text, sizeof text, percent < 10 || percent > 99 ? "%.1f %%" : "%.0f %%", percent);
  return part == whole ? "100 %" : text;
}

void write_bar(std::string& out, const Report& report) {
  if (report.job.rows_read == 0) return;
  std::string label, spans;
  for (auto outcome : outcomes_in_order()) {
    const std::uint64_t n = report.rows[outcome];
    if (n == 0) continue;
    const std::string name = label_of(outcome, report.dry_run), words = with_separators(n) + " " + name;
    label += (label.empty() ? "" : ", ") + words;
    spans += "<span class=\"" + std::string(name_of(outcome)) + "\" style=\"flex-grow:" + std::to_string(n) +
             "\" title=\"" + words + "\"></span>";
  }
  out += "<div class=\"bar\" role=\"img\" aria-label=\"" + label + "\">" + spans + "</div>\n";
}

void write_figures(std::string& out, const Report& report) {
  out += "<dl class=\"figures\">\n";
  for (auto outcome : outcomes_in_order()) {
    const std::uint64_t n = report.rows[outcome];
    if (n == 0) continue;
    out += "<div class=\"" + std::string(name_of(outcome)) + "\"><dt>" + label_of(outcome, report.dry_run) +
           "</dt><dd>" + with_separators(n) + " <small>" + html_escaped(share_of(n, report.job.rows_read)) +
           "</small></dd></div>\n";
  }
  out += "<div class=\"total\"><dt>rows read</dt><dd>" + with_separators(report.job.rows_read) +
         "</dd></div>\n</dl>\n";
  if (report.contacts) out += "<p>" + html_escaped(contacts_text(report)) + "</p>\n";
}

void write_steps(std::string& out, const Report& report) {
  const auto steps = next_steps(report);
  if (steps.empty()) return;
  out += "<section><h2>What to do now</h2><ul class=\"steps\">\n";
  for (const auto& step : steps) {
    out += "<li>" + html_escaped(step.text);
    out += step.command.empty() ? "." : ":<br>" + tagged("code", step.command);
    out += "</li>\n";
  }
  out += "</ul></section>\n";
}

/// A table that scrolls by itself where the screen is too narrow, with the keyboard too. A name that ends in
/// '#' is that of a column of numbers.
void open_table(std::string& out, std::string_view title, std::initializer_list<std::string_view> columns) {
  const std::string name(title);
  out += "<section><h2>" + name + "</h2><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
         name + "\"><table>\n<thead><tr>";
  for (auto column : columns) {
    const bool is_number = column.ends_with('#');
    if (is_number) column.remove_suffix(1);
    out += std::string("<th scope=\"col\"") + (is_number ? " class=\"number\">" : ">") + std::string(column) +
           "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
}

void close_table(std::string& out) { out += "</tbody></table></div></section>\n"; }

std::string reason_cells(const Reason& reason) {
  std::string cells = "<td>" + tagged("code", reason.code.empty() ? "no code" : reason.code);
  if (!reason.message.empty()) cells += "<br>" + html_escaped(message_text(reason));
  return cells + "</td><td>" + html_escaped(rows_text(reason, reason.rows.size())) + "</td>";
}

void write_reasons(std::string& out, const std::vector<Reason>& reasons) {
  if (reasons.empty()) return;
  open_table(out, "Why", {"Rows#", "Outcome", "Reason", "Which"});
  for (const auto& reason : reasons) {
    const std::string name(name_of(reason.outcome));
    out += "<tr><td class=\"number\">" + with_separators(reason.count) + "</td><td><span class=\"tag " +
           name + "\">" + name + "</span></td>" + reason_cells(reason) + "</tr>\n";
  }
  close_table(out);
}

void write_warnings(std::string& out, const std::vector<Reason>& warnings) {
  if (warnings.empty()) return;
  open_table(out, "Sent all the same, with a warning", {"Rows#", "Warning", "Which"});
  for (const auto& warning : warnings) {
    out += "<tr><td class=\"number\">" + with_separators(warning.count) + "</td>" + reason_cells(warning) +
           "</tr>\n";
  }
  close_table(out);
}

void write_mapping(std::string& out, const ledger::JobInfo& job) {
  const auto lines = read_mapping(job.mapping_json);
  if (lines.empty()) return;
  open_table(out, "How the columns were understood", {"Column", "Field", "Score#", "Why"});
  for (const auto& line : lines) {
    char score[16];
    std::snprintf(score, sizeof score, "%.2f", line.score);
    out += "<tr><th scope=\"row\">" + html_escaped(line.column) + "</th><td>" + tagged("code", line.field) +
           "</td><td class=\"number\">" + score + "</td><td>" + html_escaped(line.reason) + "</td></tr>\n";
  }
  close_table(out);
}

void write_told(std::string& out, const ledger::JobInfo& job) {
  const SourceTold source = read_source(job.source_json);
  for (const auto& told : told_sentences(source, std::numeric_limits<std::size_t>::max()))
    out += "<p>" + std::string(told.before) + html_escaped(told.text) + "</p>\n";
  const auto& columns = source.mapping.columns_not_sent;
  if (columns.empty()) return;
  out += "<section><h2>Columns that were not sent</h2><p>";
  for (std::size_t i = 0; i < columns.size(); ++i)
    out += (i == 0 ? "" : ", ") + tagged("code", columns[i]);
  out += "</p></section>\n";
}

void write_facts(std::string& out, std::string_view title, const std::vector<Fact>& facts) {
  if (facts.empty()) return;
  out += "<section><h2>" + std::string(title) + "</h2><dl class=\"facts\">\n";
  for (const auto& fact : facts) out += tagged("dt", fact.name) + tagged("dd", fact.value) + "\n";
  out += "</dl></section>\n";
}

void write_report(std::string& out, const Report& report) {
  const ledger::JobInfo& job = report.job;
  const Verdict verdict = verdict_of(report);
  out += "<article class=\"" + tone_class(verdict.tone) + "\">\n<header><p class=\"where\">" +
         html_escaped(job.source_name + " → " + job.connector_id) + "</p>\n" +
         tagged("h1", verdict.sentence) + "\n";
  if (!job.stop_message.empty()) out += "<p class=\"message\">" + html_escaped(job.stop_message) + "</p>\n";
  out += "</header>\n";
  write_bar(out, report);
  write_figures(out, report);
  write_steps(out, report);
  write_reasons(out, report.reasons);
  write_warnings(out, report.warnings);
  write_told(out, report.job);
  write_mapping(out, job);
  write_facts(out, "The file", source_facts(job));
  write_facts(out, "The run", run_facts(report));
  out += "</article>\n";
}

}  // namespace

std::string to_html(const std::vector<Report>& reports) {
  const std::string name(words_of(reports.empty() ? Operation::Import : reports[0].job.operation).name);
  const std::string title = reports.size() == 1 ? name + " of " + reports[0].job.source_name : name + " report";
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<meta name=\"generator\" content=\"Switchboard\">\n";
  out += tagged("title", title) + "\n<style>" + kStyle + "</style>\n</head>\n<body>\n<main>\n";
  for (const auto& report : reports) write_report(out, report);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace switchboard::report
