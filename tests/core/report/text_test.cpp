#include <doctest/doctest.h>

#include <algorithm>

#include "core/report/wording.h"
#include "core/report/writers.h"
#include "tests/core/report/report_fixture.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::report;
using namespace switchboard::report::testing;

namespace {

Report plain_report(ledger::JobState state, std::uint64_t rows_read) {
  Report report;
  report.job.id = "j";
  report.job.connector_id = "truedy";
  report.job.state = state;
  report.job.rows_read = rows_read;
  return report;
}

}  // namespace

TEST_CASE("the report says in one sentence what happened, then what to do") {
  const std::string text = to_text(example_report(), false);
  CHECK(text ==
        "Finished: 1,050 of 1,199 rows are with truedy; 100 rejected, 45 skipped, 4 unknown.\n"
        "\n"
        "  created      900\n"
        "  updated      100\n"
        "  unchanged     50\n"
        "  rejected     100\n"
        "  skipped       45\n"
        "  unknown        4\n"
        "  rows read  1,199\n"
        "\n"
        "  40 rejected: phone.too_short (rows 17, 23 and 38 more)\n"
        "     The number has 4 digits; write all of it.\n"
        "Sent all the same, with a warning: phone.possible_only (rows 8, 90)\n"
        "\n"
        "Correct the rejected rows in contacts.rejects.csv, then import that file.\n"
        "To ask the vendor what became of 4 unknown rows, where it can be asked: switchboard resume "
        "20261121-224501-truedy-4f2a\n"
        "To send 4 unknown rows again, perhaps twice, after looking for them at the vendor: switchboard resume "
        "20261121-224501-truedy-4f2a --resend-unknown\n"
        "Job 20261121-224501-truedy-4f2a, contacts.csv, 1 min 12 s, 25 requests (3 repeated), waited 12.4 s "
        "for the "
        "vendor, exit code 3\n");
}

TEST_CASE("the report of the worst run still fits on a screen and keeps what matters") {
  const Report report = crowded_report();
  const std::string text = to_text(report, false);
  CHECK(std::count(text.begin(), text.end(), '\n') <= 25);
  CHECK(has(text, "Stopped: 4,938,268 of 11,111,103 rows are with truedy"));
  CHECK(has(text, report.job.stop_message));
  CHECK(has(text, "code.0 (rows 1000, 2000, 3000, 4000, 5000 and 4,995 more)"));
  CHECK(has(text, "more reasons"));
  CHECK(has(text, "To go on: " + report.resume_command + "\n"));
  CHECK(has(text, "contacts.rejects.csv"));
  for (int reasons : {1, 2, 3, 4, 6, 7, 8}) {
    Report fewer = example_report();
    fewer.reasons = {report.reasons.begin(), report.reasons.begin() + reasons};
    const std::string shorter = to_text(fewer, false);
    CHECK(std::count(shorter.begin(), shorter.end(), '\n') <= 25);
    CHECK(has(shorter, "more reason") == !has(shorter, "code." + std::to_string(reasons - 1) + " "));
  }
}

TEST_CASE("each way to end has its own sentence and tone") {
  using ledger::JobState;
  auto done = plain_report(JobState::Finished, 1);
  done.rows[Outcome::Created] = 1;
  CHECK(verdict_of(done).sentence == "Finished: the 1 row is with truedy.");
  CHECK(verdict_of(done).tone == Tone::Good);
  done = plain_report(JobState::Finished, 2000);
  done.rows[Outcome::Accepted] = 2000;
  CHECK(verdict_of(done).sentence == "Finished: all 2,000 rows are with truedy.");
  done.rows[Outcome::Accepted] = 1999;
  done.rows[Outcome::Skipped] = 1;
  CHECK(verdict_of(done).sentence == "Finished: 1,999 of 2,000 rows are with truedy; 1 skipped.");
  CHECK(verdict_of(done).tone == Tone::Good);
  done.rows[Outcome::Skipped] = 0;
  done.rows[Outcome::Rejected] = 1;
  CHECK(verdict_of(done).tone == Tone::Mixed);
  done.rows[Outcome::Rejected] = 0;
  done.rows[Outcome::Failed] = 1;
  CHECK(verdict_of(done).tone == Tone::Bad);
  CHECK(verdict_of(plain_report(JobState::Finished, 0)).sentence ==
        "Finished: the file has no rows, so nothing was sent.");
  auto none = plain_report(JobState::Finished, 1);
  none.rows[Outcome::Rejected] = 1;
  CHECK(verdict_of(none).sentence == "Finished: 0 of 1 row is with truedy; 1 rejected.");
  none.job.rows_read = none.rows[Outcome::Rejected] = 2;
  CHECK(verdict_of(none).sentence == "Finished: 0 of 2 rows are with truedy; 2 rejected.");
  auto cut = plain_report(JobState::Interrupted, 10);
  cut.rows[Outcome::Created] = 1;
  cut.rows[Outcome::Pending] = 9;
  CHECK(verdict_of(cut).sentence == "Interrupted: 1 of 10 rows is with truedy; 9 pending.");
  cut.job.state = JobState::Running;
  CHECK(verdict_of(cut).sentence.starts_with("Not finished: "));
}

TEST_CASE("a check says that nothing was sent and offers nothing to resume") {
  Report report = plain_report(ledger::JobState::Finished, 10);
  report.dry_run = true;
  report.rows[Outcome::Pending] = 8;
  report.rows[Outcome::Rejected] = 1;
  report.rows[Outcome::Skipped] = 1;
  report.resume_command = "switchboard resume j";
  const std::string text = to_text(report, false);
  CHECK(has(text,
            "Checked: 8 of 10 rows can be sent to truedy; 1 was rejected, 1 would be skipped, nothing was "
            "sent.\n"));
  CHECK(has(text, "  ready       8\n"));
  CHECK_FALSE(has(text, "resume"));
}

TEST_CASE("colour comes only when it is asked for") {
  CHECK_FALSE(has(to_text(crowded_report(), false), "\x1b"));
  CHECK(to_text(crowded_report(), true).starts_with("\x1b[1;31mStopped"));
}

TEST_CASE("nothing that a vendor says can move the cursor or fill the screen") {
  Report report = example_report();
  report.reasons[0].message =
      "bad\x1b[2J\r\nnews \xC2\x9B"
      "31m \xFF" +
      std::string(5000, 'y');
  report.reasons[0].code = "code\x07";
  report.job.stop_message = "stop\x1b]0;title\x07\n\n\n" + std::string(5000, 'z');
  const std::string text = to_text(report, false);
  CHECK(std::none_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
  CHECK_FALSE(has(text, "\xC2\x9B"));
  CHECK(has(text, "bad [2J news"));
  CHECK(text.size() < 3000);
}

TEST_CASE("numbers and times read easily") {
  CHECK(with_separators(0) == "0");
  CHECK(with_separators(999) == "999");
  CHECK(with_separators(1000) == "1,000");
  CHECK(with_separators(1234567) == "1,234,567");
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(0, "row") == "0 rows");
  CHECK(duration_text(850) == "850 ms");
  CHECK(duration_text(12'400) == "12.4 s");
  CHECK(duration_text(200'000) == "3 min 20 s");
  CHECK(duration_text(7'500'000) == "2 h 5 min");
}

TEST_CASE("text is clipped between characters") {
  CHECK(clipped("grüße", 5) == "grüße");
  CHECK(clipped("grüßen", 5) == "grüß…");
  CHECK(clipped("", 5) == "");
}
