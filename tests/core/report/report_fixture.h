#pragma once

#include "core/report/report.h"
#include "core/report/source_json.h"
#include "tests/core/ledger/ledger_fixture.h"

namespace switchboard::report::testing {

/// The report of docs/formats.md, filled by hand.
inline Report example_report() {
  SourceInfo info;
  info.name = "contacts.csv";
  info.sha256 = std::string(64, 'b');
  info.bytes = 123456;
  info.format = "csv";
  info.encoding = "UTF-8";
  info.dialect = Dialect{",", "\"", "\n", 1};
  info.lines = {1251, 0, 1, 1, 50, 0, 1199};
  const MappingLine mapping[] = {{"Mobile Phone", "phone", 0.98, "synonym"}};

  Report report;
  ledger::JobInfo& job = report.job;
  job.id = "20261121-224501-truedy-4f2a";
  job.connector_id = "truedy";
  job.connector_version = "1.0.0";
  job.account = "truedy https://api.truedy.ai/api/public/v1";
  job.source_name = info.name;
  job.source_bytes = info.bytes;
  job.source_json = source_json(info, "google_csv");
  job.mapping_json = mapping_json(mapping);
  job.state = ledger::JobState::Finished;
  job.exit_code = 3;
  job.rows_read = 1199;
  job.requests_sent = 25;
  job.requests_retried = 3;
  job.waited_ms = 12'400;
  job.started_ms = 1'795'301'101'000;
  job.finished_ms = job.started_ms + 72'500;
  job.rejects_path = "contacts.rejects.csv";
  report.rows[Outcome::Created] = 900;
  report.rows[Outcome::Updated] = 100;
  report.rows[Outcome::Unchanged] = 50;
  report.rows[Outcome::Rejected] = 100;
  report.rows[Outcome::Skipped] = 45;
  report.rows[Outcome::Unknown] = 4;
  report.reasons = {
      {"phone.too_short", Outcome::Rejected, 40, {17, 23}, "The number has 4 digits; write all of it."}};
  report.warnings = {
      {"phone.possible_only", Outcome::Pending, 2, {8, 90}, "Possible, not known to be valid."}};
  return report;
}

/// Everything at once, to see that it still fits.
inline Report crowded_report() {
  Report report = example_report();
  report.job.state = ledger::JobState::Stopped;
  report.job.exit_code = 4;
  report.job.stop_message = "More rows failed than --max-errors 100 allows.";
  report.rows = {};
  for (auto& n : report.rows.by) n = 1'234'567;
  report.job.rows_read = report.rows.sum();
  report.resume_command = "switchboard resume " + report.job.id;
  report.reasons.clear();
  for (int i = 0; i < 30; ++i) {
    std::vector<RowId> rows;
    for (std::uint64_t row = 1; row <= 20; ++row) rows.emplace_back(row * 1000);
    report.reasons.push_back(
        {"code." + std::to_string(i), Outcome::Failed, 5000, rows, std::string(400, 'x')});
    report.warnings.push_back({"warning." + std::to_string(i), Outcome::Pending, 1, {5}, "m"});
  }
  return report;
}

}  // namespace switchboard::report::testing
