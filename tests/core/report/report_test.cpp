#include "core/report/report.h"

#include <doctest/doctest.h>
#include <simdjson.h>

#include <algorithm>
#include <map>

#include "core/base/end_reason.h"
#include "core/report/writers.h"
#include "tests/core/report/report_fixture.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::report;
using namespace switchboard::report::testing;
using namespace switchboard::ledger::testing;

namespace {

std::vector<std::string> lines_of(ledger::JobJournal& journal) {
  std::vector<std::string> lines;
  auto done = write_ndjson(journal, [&](std::string_view line) {
    lines.emplace_back(line);
    return true;
  });
  REQUIRE(done);
  return lines;
}

}  // namespace

TEST_CASE("a summary counts every row once and gives the reasons, most frequent first") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 120)));
  const auto journal = *ledger->jobs().journal("j");
  for (std::uint64_t seq = 0; seq < 2; ++seq) {
    auto batch = batch_of(seq, 1 + seq * 50, 50, Outcome::Created);
    for (std::size_t i = 0; i < 30; ++i)
      batch.rows[i] = {Outcome::Rejected, "phone.too_short", "phone", "", "first"};
    batch.rows[30] = {Outcome::Failed, "stopped", "", "", "the job stopped"};
    batch.rows[31] = {Outcome::Skipped, "duplicate", "", "", "as row 1"};
    batch.rows[32] = {Outcome::Rejected, "stopped", "", "", "same code, another outcome"};
    batch.rows[33] = {Outcome::Updated, "ignored", "", "", "not a reason"};
    if (seq == 1) batch.rows[1].message = "later";
    batch.warnings.push_back({batch.first_row + 40, "phone.possible_only", "phone", "w"});
    REQUIRE(journal->save(&batch, {}, {}));
  }
  auto report = summarise(*journal);
  REQUIRE(report);
  CHECK(report->rows.sum() == 120);
  CHECK(report->rows == *ledger->jobs().counts("j"));
  CHECK(report->rows[Outcome::Pending] == 20);
  REQUIRE(report->reasons.size() == 4);
  const Reason& top = report->reasons[0];
  CHECK(top.code == "phone.too_short");
  CHECK(top.outcome == Outcome::Rejected);
  CHECK(top.count == 60);
  CHECK(top.message == "first");
  CHECK(top.rows.size() == 20);
  CHECK(top.rows.front() == RowId(1));
  CHECK(top.rows.back() == RowId(20));
  CHECK(report->reasons[1].code == "stopped");
  CHECK(report->reasons[1].outcome == Outcome::Failed);
  CHECK(report->reasons[1].rows == std::vector<RowId>{31, 81});
  CHECK(report->reasons[3].outcome == Outcome::Rejected);
  REQUIRE(report->warnings.size() == 1);
  CHECK(report->warnings[0].rows == std::vector<RowId>{41, 91});
  CHECK(report->resume_command == "switchboard resume j");
  std::uint64_t explained = 0;
  for (const auto& reason : report->reasons) explained += reason.count;
  CHECK(explained ==
        report->rows[Outcome::Rejected] + report->rows[Outcome::Skipped] + report->rows[Outcome::Failed]);
}

TEST_CASE("nothing is to be resumed when all rows are decided, not even unknown ones") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 10)));
  const auto journal = *ledger->jobs().journal("j");
  const auto batch = batch_of(0, 1, 10, Outcome::Unknown);
  REQUIRE(journal->save(&batch, {}, {}));
  CHECK(summarise(*journal)->resume_command == "");
}

TEST_CASE("a job whose source changed offers no resume that ends the same way, and says what works") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  auto job = job_named("j", 10);
  job.source_name = "people.csv";
  REQUIRE(ledger->jobs().create(job));
  const auto journal = *ledger->jobs().journal("j");
  job.state = JobState::Stopped;
  job.exit_code = exit_code_of(EndReason::Drift);
  REQUIRE(journal->update(job));
  auto report = summarise(*journal);
  REQUIRE(report);
  CHECK(report->resume_command == "");
  CHECK_FALSE(has(to_json(*report), "\"resume\""));
  const std::string text = to_text(*report, false);
  CHECK(has(text, "To go on, put people.csv back as it was when the job began, then: switchboard resume j\n"));
  CHECK(has(text, "--only-new"));
}

TEST_CASE("the rows come out one a line, in order, those without a batch as pending") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 7)));
  const auto journal = *ledger->jobs().journal("j");
  auto batch = batch_of(1, 3, 2, Outcome::Created);  // batch 0 is not planned yet
  batch.lines = {6, 0};
  batch.rows[0] = {Outcome::Rejected, "phone.too_short", "phone", "", "Say \"all\" of it."};
  batch.rows[1].vendor_id = "v-9";
  REQUIRE(journal->save(&batch, {}, {}));
  const auto lines = lines_of(*journal);
  REQUIRE(lines.size() == 7);
  CHECK(
      lines[0] ==
      R"({"row": 1, "line": null, "outcome": "pending", "code": null, "field": null, "vendor_id": null, "message": null})");
  CHECK(
      lines[2] ==
      R"({"row": 3, "line": 6, "outcome": "rejected", "code": "phone.too_short", "field": "phone", "vendor_id": null, "message": "Say \"all\" of it."})");
  CHECK(
      lines[3] ==
      R"({"row": 4, "line": null, "outcome": "created", "code": null, "field": null, "vendor_id": "v-9", "message": null})");
  CHECK(lines[6].starts_with(R"({"row": 7, "line": null, "outcome": "pending")"));
}

TEST_CASE("writing rows stops at the first failure and passes it on") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 50)));
  const auto journal = *ledger->jobs().journal("j");
  const auto batch = batch_of(0, 1, 20, Outcome::Created);
  REQUIRE(journal->save(&batch, {}, {}));
  int calls = 0;
  auto done = write_ndjson(*journal, [&](std::string_view) { return ++calls < 3; });
  REQUIRE(done);
  CHECK(calls == 3);
}

TEST_CASE("the most serious exit code wins") {
  CHECK(most_serious({}) == 0);
  CHECK(most_serious({0, 0}) == 0);
  CHECK(most_serious({0, 3}) == 3);
  CHECK(most_serious({3, 9}) == 9);
  CHECK(most_serious({9, 4, 3}) == 4);
  CHECK(most_serious({4, 6}) == 6);
  CHECK(most_serious({3, 6, 5, 4, 9, 0}) == 5);
  CHECK(most_serious({3, 130}) == 130);  // "finished" would be wrong
  CHECK(most_serious({130, 143}) == 143);
  CHECK(most_serious({130, 6}) == 6);  // resume alone would not help
  CHECK(most_serious({3, 2}) == 2);    // a job that did not run at all
  CHECK(most_serious({5, 1}) == 1);
  CHECK(most_serious({5, 77}) == 77);
}

TEST_CASE("the JSON report has the shape that is promised, key for key") {
  const std::string expected =
      R"({"schema": "switchboard.report/1", "job": "20261121-224501-truedy-4f2a", "state": "finished", "exit_code": 3,
 "connector": {"id": "truedy", "version": "1.0.0"},
 "source": {"name": "contacts.csv", "sha256": ")" +
      std::string(64, 'b') +
      R"(", "bytes": 123456, "format": "csv", "encoding": "UTF-8", "profile": "google_csv", "dialect": {"delimiter": ",", "quote": "\"", "header_line": 1}, "lines": {"total": 1251, "preamble": 0, "header": 1, "blank": 1, "continued": 50, "other": 0, "records": 1199}},
 "mapping": [{"column": "Mobile Phone", "field": "phone", "score": 0.98, "reason": "synonym"}],
 "columns_not_sent": [],
 "notes": [],
 "rows": {"read": 1199, "created": 900, "updated": 100, "unchanged": 50, "accepted": 0, "rejected": 100, "skipped": 45, "failed": 0, "unknown": 4, "pending": 0},
 "requests": {"sent": 25, "retried": 3, "waited_ms": 12400},
 "reasons": [{"code": "phone.too_short", "outcome": "rejected", "count": 40, "rows": [17, 23], "message": "The number has 4 digits; write all of it."}],
 "warnings": [{"code": "phone.possible_only", "count": 2, "rows": [8, 90], "message": "Possible, not known to be valid."}],
 "files": {"rejects": "contacts.rejects.csv"},
 "started_at": "2026-11-21T22:45:01Z",
 "finished_at": "2026-11-21T22:46:13Z",
 "account": "truedy https://api.truedy.ai/api/public/v1"})";
  CHECK(to_json(example_report()) == expected);
}

TEST_CASE("every report says what of the file was left out") {
  Report report = example_report();
  SourceInfo info;
  info.name = "webinar.csv";
  info.warnings = {"lines 9 to 12 hold another table and are left out"};
  report.job.source_json = source_json(info, "", {}, {{}, {"Rows hold several people."}, false});
  CHECK(to_json(report).find(R"("notes": ["Rows hold several people.", "lines 9 to 12 hold another table and are left out"])") !=
        std::string::npos);
  CHECK(to_text(report, false).find("\nNote: lines 9 to 12 hold another table and are left out\n") != std::string::npos);
  CHECK(to_html({report}).find("Note: lines 9 to 12 hold another table") != std::string::npos);
  info.warnings.assign(9, "something was left out");
  report.job.source_json = source_json(info, "");
  CHECK(to_text(report, false).find("\nNote: 5 more notes on the file in the JSON and HTML reports\n") != std::string::npos);
}

TEST_CASE("every report names the columns that were not sent, what was left out, and that consent was ignored") {
  Report report = example_report();
  SourceInfo info;
  info.name = "contacts.csv";
  report.job.source_json = source_json(info, "", {}, {{"ssn", "notes"}, {"Rows hold several people."}, true});
  const std::string json = to_json(report);
  CHECK(json.find(R"("columns_not_sent": ["ssn", "notes"])") != std::string::npos);
  CHECK(json.find(R"("notes": ["Rows hold several people."])") != std::string::npos);
  CHECK(json.find(R"("consent_ignored": true)") != std::string::npos);
  const std::string text = to_text(report, false);
  CHECK(text.find("\nColumns not sent: ssn, notes\n") != std::string::npos);
  CHECK(text.find("\nRows hold several people.\n") != std::string::npos);
  CHECK(text.find("--ignore-consent") != std::string::npos);
  const std::string html = to_html({report});
  CHECK(html.find("Columns that were not sent") != std::string::npos);
  CHECK(html.find("Rows hold several people.") != std::string::npos);
}

TEST_CASE("what is said of several duplicates is true of each") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 7)));
  const auto journal = *ledger->jobs().journal("j");
  auto batch = batch_of(0, 1, 7, Outcome::Created);
  batch.rows[2] = {Outcome::Skipped, "row.duplicate", "", "", "the same contact as row 2"};
  for (const std::size_t i : {3u, 4u, 5u}) batch.rows[i] = {Outcome::Skipped, "row.duplicate", "", "", "the same contact as row 1"};
  batch.rows[6] = {Outcome::Rejected, "phone.invalid", "phone", "", "\"020…\" in column \"Phone\" is none."};
  batch.rows[0] = {Outcome::Rejected, "phone.invalid", "phone", "", "\"030…\" in column \"Phone\" is none."};
  REQUIRE(journal->save(&batch, {}, {}));
  const auto report = summarise(*journal);
  REQUIRE(report);
  CHECK(report->reasons[0].message == "the same contact: row 3 as row 2, row 4 as row 1, row 5 as row 1, row 6 as row 1");
  // Of other reasons the first row's message stands, as its own.
  CHECK(report->reasons[1].message == "\"030…\" in column \"Phone\" is none.");
  CHECK(to_text(*report, false).find("row 1: \"030…\"") != std::string::npos);
}

TEST_CASE("a stopped job says why and how to go on; what is not there is null or empty") {
  Report report = example_report();
  report.job.state = ledger::JobState::Stopped;
  report.job.stop_message = "The vendor cannot be reached.";
  report.job.finished_ms = 0;
  report.job.rejects_path = "";
  report.job.source_json = report.job.mapping_json = "";
  report.resume_command = "switchboard resume " + report.job.id;
  const std::string json = to_json(report);
  CHECK(json.find(R"("files": {})") != std::string::npos);
  CHECK(json.find(R"("finished_at": null)") != std::string::npos);
  CHECK(json.find(R"("mapping": [])") != std::string::npos);
  CHECK(json.find(R"("message": "The vendor cannot be reached.")") != std::string::npos);
  CHECK(json.ends_with("\"resume\": \"switchboard resume 20261121-224501-truedy-4f2a\"}"));
}

TEST_CASE("a job that runs, or was killed, has no exit code") {
  Report report = example_report();
  report.job.state = ledger::JobState::Running;
  report.job.exit_code = 0;
  CHECK(to_json(report).find(R"("state": "running", "exit_code": null)") != std::string::npos);
  CHECK(to_text(report, false).ends_with("still running, or killed\n"));
}

TEST_CASE("several jobs make one object, and whatever texts they hold it stays JSON") {
  Report odd = crowded_report();
  odd.job.stop_message = "\xFF \x01 \"</script>\n";
  odd.reasons[0].message = "\\";
  odd.job.source_name = "a\"b.csv";
  odd.job.source_json = "";
  const std::string json = to_json({example_report(), odd}, 4);
  simdjson::dom::parser parser;
  simdjson::dom::element parsed;
  REQUIRE(parser.parse(json).get(parsed) == simdjson::SUCCESS);
  std::int64_t exit_code = 0;
  REQUIRE(parsed["exit_code"].get(exit_code) == simdjson::SUCCESS);
  CHECK(exit_code == 4);
  simdjson::dom::array jobs;
  REQUIRE(parsed["jobs"].get(jobs) == simdjson::SUCCESS);
  CHECK(jobs.size() == 2);
  std::string_view schema;
  REQUIRE(parsed["schema"].get(schema) == simdjson::SUCCESS);
  CHECK(schema == "switchboard.report/1");
}

TEST_CASE("a source without header, dialect or known exporter is said as null") {
  SourceInfo info;
  info.name = "x";
  info.format = "xlsx";
  info.sheets = {{"one", 5, false}, {"two", 6, true}};
  const std::string json = source_json(info, "");
  CHECK(json.find(R"("profile": null)") != std::string::npos);
  CHECK(json.find(R"("dialect": null)") != std::string::npos);
  CHECK(json.find(R"("sheet": "two")") != std::string::npos);
  CHECK(dialect_json(Dialect{"\t", "\"", "\n", 0}) == R"({"delimiter": "\t", "quote": "\"", "header_line": null})");
}

TEST_CASE("all that is said of a source is read as it was written") {
  SourceInfo info;
  info.name = "x.csv";
  info.format = "csv";
  info.encoding = "UTF-8";
  info.dialect = Dialect{";", "'", "\n", 3};
  info.sheets = {{"one", 5, true}};
  info.lines = {28, 1, 2, 3, 4, 5, 13};
  info.warnings = {"of the file"};
  const std::string json = source_json(info, "google_csv", "9.0.43", {{"ssn"}, {"of the mapping"}, true});
  const SourceTold told = read_source(json);
  CHECK(told.format == "csv");
  CHECK(told.encoding == "UTF-8");
  CHECK(told.profile == "google_csv");
  CHECK(told.dialect);
  CHECK(dialect_json(told.dialect) == dialect_json(info.dialect));
  CHECK(told.sheet == "one");
  CHECK(told.phone_plans == "9.0.43");
  CHECK(told.lines);
  CHECK(lines_json(*told.lines) == lines_json(info.lines));
  CHECK(told.notes == info.warnings);
  CHECK(told.mapping.columns_not_sent == std::vector<std::string>{"ssn"});
  CHECK(told.mapping.notes == std::vector<std::string>{"of the mapping"});
  CHECK(told.mapping.consent_ignored);
  // Of what is of another kind, or not there, nothing is said.
  for (const char* other : {"{}", "[]", "", R"({"format": 1, "dialect": null, "notes": "x", "consent_ignored": 1})"}) {
    CAPTURE(other);
    CHECK(source_json({}, "", "", read_source(other).mapping) == source_json({}, ""));
    CHECK(read_source(other).format.empty());
    CHECK_FALSE(read_source(other).dialect);
  }
}

TEST_CASE("a report says which numbering plans judged the numbers") {
  Report report;
  report.job.source_json = source_json(SourceInfo(), "", "9.0.43");
  CHECK(to_text(report, false).find("phone plans 9.0.43") != std::string::npos);
  simdjson::dom::parser parser;
  simdjson::dom::element parsed;
  REQUIRE(parser.parse(to_json(report)).get(parsed) == simdjson::SUCCESS);
  std::string_view plans;
  REQUIRE(parsed["phone_plans"].get(plans) == simdjson::SUCCESS);
  CHECK(plans == "9.0.43");
  CHECK(to_html({report}).find("9.0.43") != std::string::npos);
  report.job.source_json.clear();
  CHECK(to_text(report, false).find("phone plans") == std::string::npos);
}

namespace {

/// Row 1 has one contact, row 2 two, row 3 is not planned yet.
void save_people(ledger::JobJournal& journal) {
  auto batch = batch_of(0, 1, 3, Outcome::Created);
  batch.lines = {2, 3};
  batch.parts = {1, 2};
  batch.rows[2] = {Outcome::Rejected, "phone.too_short", "phone", "", "too short"};
  batch.warnings = {{RowId(2, 1), "phone.possible_only", "phone", "w"}};
  REQUIRE(journal.save(&batch, {}, {}));
}

}  // namespace

TEST_CASE("contacts of one row are told apart by letters, and the row is counted once") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 3)));
  const auto journal = *ledger->jobs().journal("j");
  save_people(*journal);
  const auto report = *summarise(*journal);
  CHECK(report.rows.sum() == 3);
  CHECK(report.rows == *ledger->jobs().counts("j"));
  CHECK(report.rows[Outcome::Created] == 1);
  CHECK(report.rows[Outcome::Rejected] == 1);
  REQUIRE(report.contacts);
  CHECK((*report.contacts)[Outcome::Created] == 2);
  CHECK(report.contacts->sum() == 4);
  REQUIRE(report.reasons.size() == 1);
  CHECK(report.reasons[0].rows == std::vector{RowId(2, 2)});
  const std::string json = to_json(report);
  CHECK(json.find(R"("rows": ["2b"])") != std::string::npos);
  CHECK(json.find(R"("rows": ["2a"])") != std::string::npos);
  CHECK(json.find(R"("contacts": {"read": 4, "created": 2,)") != std::string::npos);
  CHECK(to_text(report, false).find("4 contacts: 2 created, 1 rejected, 1 pending.") != std::string::npos);
  CHECK(to_text(report, false).find("(row 2b)") != std::string::npos);
  CHECK(to_html({report}).find("row 2b") != std::string::npos);
  const auto lines = lines_of(*journal);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].starts_with(R"({"row": 1, "line": 2,)"));
  CHECK(lines[1].starts_with(R"({"row": "2a", "line": 3, "outcome": "created")"));
  CHECK(lines[2].starts_with(R"({"row": "2b", "line": 3, "outcome": "rejected")"));
  CHECK(lines[3].starts_with(R"({"row": 3, "line": null, "outcome": "pending")"));
}

TEST_CASE("a check counts a row with a contact that cannot be sent as rejected") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 1)));
  const auto journal = *ledger->jobs().journal("j");
  auto batch = batch_of(0, 1, 2, Outcome::Pending);
  batch.lines = {2};
  batch.parts = {2};
  batch.rows[1] = {Outcome::Rejected, "phone.too_short", "phone", "", "too short"};
  REQUIRE(journal->save(&batch, {}, {}));
  CHECK((*summarise(*journal)).rows[Outcome::Pending] == 1);
  CHECK((*summarise(*journal, "switchboard resume", ledger::Pending::IsReady)).rows[Outcome::Rejected] == 1);
}
