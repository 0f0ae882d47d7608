// Which jobs went to the same account, and which may not run beside each other.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

JobInfo job_of(const std::string& id, const std::string& credential, const std::string& profile = "") {
  JobInfo job = job_named(id, 5);
  job.credential = credential;
  job.profile = profile;
  return job;
}

int rows_sent_before(Ledger& ledger, const JobInfo& job) {
  int rows = 0;
  REQUIRE(ledger.sent().for_each_sent(job, 0, [&](const Fingerprint&, bool) { ++rows; }));
  return rows;
}

void deliver(Ledger& ledger, const JobInfo& job) {
  REQUIRE(ledger.jobs().create(job));
  const BatchRecord batch = batch_of(0, 1, 5, Outcome::Created);
  REQUIRE(journal_of(ledger, job.id)->save(&batch, {}, {}));
}

}  // namespace

TEST_CASE("two customers' credentials at one vendor are two accounts") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  const std::string a = *ledger->sent().credential_mark("truedy\napi_key=key of a\n");
  const std::string b = *ledger->sent().credential_mark("truedy\napi_key=key of b\n");
  deliver(*ledger, job_of("first", a));
  CHECK(rows_sent_before(*ledger, job_of("second", a)) == 5);
  CHECK(rows_sent_before(*ledger, job_of("second", a, "another-profile")) == 5);
  CHECK(*ledger->sent().sent_before(job_of("second", a)));
  CHECK(rows_sent_before(*ledger, job_of("second", b)) == 0);
  CHECK_FALSE(*ledger->sent().sent_before(job_of("second", b)));
}

TEST_CASE("rows count as sent by jobs of operations that deliver alone") {
  for (const auto& operation : kOperations) {
    if (!operation.carries_rows) continue;
    CAPTURE(std::string(operation.name));
    const TemporaryDirectory root;
    auto ledger = open_ledger(root.path());
    const std::string mark = *ledger->sent().credential_mark("truedy\napi_key=key\n");
    JobInfo job = job_of("first", mark);
    job.operation = operation.operation;
    deliver(*ledger, job);
    CHECK(rows_sent_before(*ledger, job_of("second", mark)) == (operation.delivers ? 5 : 0));
    CHECK(ledger->sent().sent_before(job_of("second", mark))->has_value() == operation.delivers);
  }
}

TEST_CASE("where a credential is not known the profile tells, where none identifies the account does") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  deliver(*ledger, job_of("first", "0011223344556677", "a"));
  CHECK(rows_sent_before(*ledger, job_of("check", "", "a")) == 5);
  CHECK(rows_sent_before(*ledger, job_of("check", "", "b")) == 0);
  CHECK(rows_sent_before(*ledger, job_of("check", std::string(kNoCredential), "b")) == 5);
}

TEST_CASE("a credential's mark is stable in a ledger, another one in another, and shows nothing of it") {
  const TemporaryDirectory root, elsewhere;
  const std::string secret = "truedy\napi_key=s3cr3t-s3cr3t\n";
  std::string mark;
  {
    auto ledger = open_ledger(root.path());
    mark = *ledger->sent().credential_mark(secret);
    JobInfo job = job_of("first", mark);
    deliver(*ledger, job);
  }
  CHECK(mark.size() == 16);
  CHECK(mark.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(*open_ledger(root.path())->sent().credential_mark(secret) == mark);
  CHECK_FALSE(*open_ledger(elsewhere.path())->sent().credential_mark(secret) == mark);
  CHECK(*open_ledger(root.path())->sent().credential_mark("") == kNoCredential);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root.path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    CHECK(bytes.find("s3cr3t") == std::string::npos);
  }
}

TEST_CASE("of two processes that import one file at once, one is told of the other") {
  const TemporaryDirectory root;
  open_ledger(root.path());
  constexpr int kProcesses = 4;
  int ready[2], go[2];
  REQUIRE(::pipe(ready) == 0);
  REQUIRE(::pipe(go) == 0);
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(go[1]);
      auto ledger = open_sqlite_ledger(root.path());
      if (!ledger) ::_exit(10);
      auto created = (*ledger)->jobs().create(job_of("job-" + std::to_string(i), "k"), Repetition::OfSource);
      if (!created) ::_exit(11);
      char byte = created->lock ? 'c' : created->running && created->in_the_way ? 'r' : '?';
      if (::write(ready[1], &byte, 1) != 1) ::_exit(12);
      (void)!::read(go[0], &byte, 1);  // holds what it has until all have tried
      ::_exit(0);
    }
    children.push_back(child);
  }
  std::string answers;
  for (int i = 0; i < kProcesses; ++i) {
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    answers += byte;
  }
  ::close(go[0]);
  ::close(go[1]);
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == 0);
  }
  ::close(ready[0]);
  ::close(ready[1]);
  CHECK(std::count(answers.begin(), answers.end(), 'c') == 1);
  CHECK(std::count(answers.begin(), answers.end(), 'r') == kProcesses - 1);
  CHECK(open_ledger(root.path())->jobs().all()->size() == 1);
}

TEST_CASE("a job that runs is in the way as far as asked, one whose process died is not") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  auto first = ledger->jobs().create(job_of("first", "k"));
  REQUIRE(first);
  JobInfo other_file = job_of("other-file", "k");
  other_file.source_sha256 = "other bytes";
  CHECK(ledger->jobs().create(other_file, Repetition::OfSource)->lock);
  auto second = ledger->jobs().create(job_of("second", "k"), Repetition::OfSource);
  REQUIRE(second);
  CHECK_FALSE(second->lock);
  CHECK(second->in_the_way->id == "first");
  JobInfo new_rows = job_of("new-rows", "k");
  new_rows.source_sha256 = "new bytes";
  CHECK_FALSE(ledger->jobs().create(new_rows, Repetition::OfRows)->lock);
  CHECK(ledger->jobs().create(job_of("of-another", "other key"), Repetition::OfRows)->lock);
  CHECK_FALSE(*ledger->jobs().find("second"));
  first->lock.reset();  // as when its process dies
  CHECK(ledger->jobs().create(new_rows, Repetition::OfRows)->lock);
  CHECK(ledger->jobs().create(job_of("second", "k"), Repetition::OfSource)->lock);
}

TEST_CASE("a job that is gone on with stands in the way of others, and they in its") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  JobInfo stopped = job_of("stopped", "k");
  {
    REQUIRE(ledger->jobs().create(stopped)->lock);
    stopped.state = JobState::Stopped;
    REQUIRE((*ledger->jobs().journal("stopped"))->update(stopped));
  }
  JobInfo new_rows = job_of("new-rows", "k");
  new_rows.source_sha256 = "new bytes";
  auto running = ledger->jobs().create(new_rows, Repetition::OfRows);
  REQUIRE(running->lock);
  auto lock = ledger->jobs().lock("stopped");
  REQUIRE(lock);
  auto other = ledger->jobs().go_on(stopped, Repetition::OfRows);
  REQUIRE(other);
  REQUIRE(*other);
  CHECK((*other)->id == "new-rows");
  CHECK((*ledger->jobs().find("stopped"))->state == JobState::Stopped);
  CHECK_FALSE(*ledger->jobs().go_on(stopped, Repetition::Allowed));
  running->lock.reset();
  CHECK_FALSE(*ledger->jobs().go_on(stopped, Repetition::OfRows));
  CHECK((*ledger->jobs().find("stopped"))->state == JobState::Running);
  JobInfo later = job_of("later", "k");
  later.source_sha256 = "later bytes";
  const auto refused = ledger->jobs().create(later, Repetition::OfRows);
  CHECK_FALSE(refused->lock);
  CHECK(refused->in_the_way->id == "stopped");
}

TEST_CASE("a source that was sent forbids its job in the transaction that would create it") {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  deliver(*ledger, job_of("first", "k"));
  auto again = ledger->jobs().create(job_of("second", "k"), Repetition::OfSource);
  REQUIRE(again);
  CHECK_FALSE(again->lock);
  CHECK_FALSE(again->running);
  CHECK(again->in_the_way->id == "first");
  CHECK(ledger->jobs().create(job_of("second", "k"), Repetition::Allowed)->lock);
}
