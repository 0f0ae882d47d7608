#include "core/report/html_facts.h"

#include <string_view>

#include "core/base/time_text.h"
#include "core/report/source_json.h"
#include "core/report/wording.h"

namespace switchboard::report {
namespace {

std::string delimiter_name(const std::string& delimiter) {
  if (delimiter == ",") return "comma";
  if (delimiter == ";") return "semicolon";
  if (delimiter == "\t") return "tab";
  return delimiter;
}

std::string lines_text(const LineCounts& lines) {
  std::string text = counted(lines.total, "line") + ": " + counted(lines.records, "record");
  const auto add = [&](std::uint64_t number, const char* words) {
    if (number > 0) text += ", " + with_separators(number) + " " + words;
  };
  add(lines.header, "header");
  add(lines.preamble, "before the header");
  add(lines.blank, "blank");
  add(lines.other, "other");
  add(lines.continued, "further lines of records");
  return text;
}

/// An address in the page looks like something that it loads.
std::string without_scheme(std::string account) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (const auto at = account.find(scheme); at != std::string::npos) account.erase(at, scheme.size());
  }
  return account;
}

}  // namespace

std::vector<Fact> source_facts(const ledger::JobInfo& job) {
  std::vector<Fact> facts = {{"Name", job.source_name}, {"Size", counted(job.source_bytes, "byte")}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.push_back({name, value});
  };
  const SourceTold source = read_source(job.source_json);
  std::string format = source.format;
  if (!source.encoding.empty()) format += ", " + source.encoding;
  if (source.dialect && !source.dialect->delimiter.empty()) format += ", cells separated by " + delimiter_name(source.dialect->delimiter);
  add("Format", format);
  add("Written by", source.profile);
  add("Sheet", source.sheet);
  add("Phone plans", source.phone_plans);
  if (source.lines) add("Lines", lines_text(*source.lines));
  add("SHA-256", job.source_sha256);
  return facts;
}

std::vector<Fact> run_facts(const Report& report) {
  const ledger::JobInfo& job = report.job;
  std::vector<Fact> facts = {{"Job", job.id}, {"Connector", job.connector_id + " " + job.connector_version}};
  if (!job.account.empty()) facts.push_back({"Account", without_scheme(job.account)});
  if (!job.profile.empty()) facts.push_back({"Profile", job.profile});
  facts.push_back({"State", std::string(name_of(job.state)) + ", " + exit_code_text(job)});
  if (job.started_ms != 0) facts.push_back({"Started", iso8601_utc(job.started_ms)});
  if (job.finished_ms != 0) facts.push_back({"Finished", iso8601_utc(job.finished_ms)});
  if (job.finished_ms > job.started_ms) {
    facts.push_back({"Took", duration_text(static_cast<std::uint64_t>(job.finished_ms - job.started_ms))});
  }
  if (!report.dry_run) {
    facts.push_back({"Requests", with_separators(job.requests_sent) + " sent, " +
                                     with_separators(job.requests_retried) + " repeated, " +
                                     duration_text(job.waited_ms) + " of waiting for the vendor"});
  }
  return facts;
}

}  // namespace switchboard::report
