#include "host/cli/progress.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::cli;

TEST_CASE("a progress line says rows done of total, rate, time left, and what is waited for") {
  engine::Progress progress;
  progress.rows_total = 120'000;
  progress.rows[Outcome::Created] = 29'000;
  progress.rows[Outcome::Rejected] = 1'000;
  progress.rows[Outcome::Pending] = 90'000;
  CHECK(progress_line(progress, 10'000, 0) == "30,000 of 120,000 rows · 3,000/s · 30 s left · 1,000 rejected");
  progress.waiting_for = "truedy: rate limit (429)";
  progress.waiting_until_ms = 42'000;
  CHECK(progress_line(progress, 10'000, 0) ==
        "30,000 of 120,000 rows · 3,000/s · 30 s left · 1,000 rejected · waiting: truedy: rate limit (429), 42 s more");
}

TEST_CASE("the pace of a resumed job is that of its own rows") {
  engine::Progress progress;
  progress.rows_total = 120'000;
  progress.rows[Outcome::Created] = 90'000;
  progress.rows[Outcome::Pending] = 30'000;
  progress.decided_before = 80'000;
  CHECK(progress_line(progress, 10'000, 0) == "90,000 of 120,000 rows · 1,000/s · 30 s left");
  CHECK(progress_line(together({progress}), 10'000, 0) == "90,000 of 120,000 rows · 1,000/s · 30 s left");
  progress.decided_before = 90'000;
  CHECK(progress_line(progress, 10'000, 0) == "90,000 of 120,000 rows");
}

TEST_CASE("where nothing gets on the time left is not guessed, but how long that has been so is said") {
  engine::Progress progress;
  progress.rows_total = 1'000;
  progress.rows[Outcome::Created] = 100;
  progress.rows[Outcome::Pending] = 900;
  progress.quiet_ms = 29'000;
  CHECK(progress_line(progress, 50'000, 0) == "100 of 1,000 rows · 2/s · 7 min 30 s left");
  progress.quiet_ms = 240'000;
  CHECK(progress_line(progress, 300'000, 0) == "100 of 1,000 rows · none for 4 min 00 s");
  CHECK(progress_line(together({progress}), 300'000, 0) == "100 of 1,000 rows · none for 4 min 00 s");
  progress.rows[Outcome::Created] = 1'000;
  progress.rows[Outcome::Pending] = 0;
  CHECK(progress_line(progress, 300'000, 0) == "1,000 of 1,000 rows · 3/s");
}

TEST_CASE("rows that failed, or of which nobody knows, are no pace") {
  engine::Progress progress;
  progress.rows_total = 2'000;
  progress.rows[Outcome::Unknown] = 900;
  progress.rows[Outcome::Failed] = 100;
  progress.rows[Outcome::Pending] = 1'000;
  CHECK(progress_line(progress, 10'000, 0) == "1,000 of 2,000 rows · 100 failed · 900 unknown");
  progress.rows[Outcome::Created] = 500;
  progress.rows[Outcome::Pending] = 500;
  CHECK(progress_line(progress, 10'000, 0) == "1,500 of 2,000 rows · 50/s · 10 s left · 100 failed · 900 unknown");
}

TEST_CASE("nothing is divided by zero at the beginning") {
  engine::Progress progress;
  progress.rows_total = 7;
  CHECK(progress_line(progress, 0, 0) == "0 of 7 rows");
}

TEST_CASE("many jobs are shown as one, which waits where all of them that are not done do") {
  engine::Progress done, busy, waiting;
  done.rows_total = busy.rows_total = waiting.rows_total = 10;
  done.rows[Outcome::Created] = 10;
  busy.rows[Outcome::Created] = busy.rows[Outcome::Pending] = 5;
  waiting.rows[Outcome::Pending] = 10;
  waiting.waiting_for = "geelark: still working on it";
  waiting.waiting_until_ms = 9'000;
  CHECK(progress_line(together({done, busy, waiting}), 0, 0) == "15 of 30 rows");
  busy.waiting_for = "geelark: rate limit";
  busy.waiting_until_ms = 4'000;
  CHECK(progress_line(together({done, busy, waiting}), 0, 0) == "15 of 30 rows · waiting: geelark: rate limit, 4 s more");
}

TEST_CASE("an unknown way to show progress is a usage error") {
  CHECK(progress_style("bar", false) == ProgressStyle::Bar);
  CHECK(progress_style("auto", true) == ProgressStyle::None);
}
