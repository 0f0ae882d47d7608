// What every journal promises, of the one in a file and the one of the tests alike; and what a check's job keeps.
#include "core/ledger/memory/memory_ledger.h"

#include <doctest/doctest.h>

#include <array>

#include "tests/core/ledger/ledger_fixture.h"
#include "tests/core/ledger/memory_journal.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

/// Runs `test` with a journal of each kind that keeps everything; each is of a job with 30 rows.
template <class Test>
void with_each_journal(Test test) {
  const TemporaryDirectory root;
  auto ledger = open_ledger(root.path());
  REQUIRE(ledger->jobs().create(job_named("j", 30)));
  INFO("in a file");
  test(*journal_of(*ledger, "j"));
  INFO("in memory");
  MemoryJournal memory(job_named("j", 30));
  test(memory);
}

}  // namespace

TEST_CASE("a journal gives back what was saved, outcomes as they were saved last") {
  with_each_journal([](JobJournal& journal) {
    BatchRecord batch = batch_of(1, 11, 10, Outcome::Pending);
    batch.warnings.push_back({12, "c", "f", "m"});
    ChainRecord chain;
    chain.batch = 1;
    chain.rows = {0, 3};
    REQUIRE(journal.save(&batch, std::array{chain}, {}));
    batch.rows[3] = {Outcome::Created, "", "", "id", ""};
    chain.step = 2;
    REQUIRE(journal.save(&batch, std::array{chain}, {}));
    CHECK(**journal.batch(1) == batch);
    CHECK_FALSE(*journal.batch(0));
    REQUIRE(journal.chains()->size() == 1);
    CHECK(journal.chains()->front().step == 2);
    CHECK(journal.chains()->front().rows == chain.rows);
    CHECK((*journal.counts())[Outcome::Created] == 1);
    CHECK((*journal.counts())[Outcome::Pending] == 29);
    REQUIRE(journal.save(nullptr, {}, std::array{ChainId{1, 0}}));
    CHECK(journal.chains()->empty());
  });
}

TEST_CASE("a batch is never taken for another one of its number") {
  with_each_journal([](JobJournal& journal) {
    const BatchRecord batch = batch_of(0, 1, 10, Outcome::Pending);
    REQUIRE(journal.save(&batch, {}, {}));
    const BatchRecord longer = batch_of(0, 1, 11, Outcome::Created), later = batch_of(0, 2, 10, Outcome::Created);
    for (const auto* other : {&longer, &later}) {
      const auto done = journal.save(other, {}, {});
      REQUIRE_FALSE(done);
      CHECK(done.error().kind == ErrorKind::Internal);
    }
    CHECK(**journal.batch(0) == batch);
  });
}

TEST_CASE("a journal refuses a chain without its batch, with all that came along") {
  with_each_journal([](JobJournal& journal) {
    const BatchRecord batch = batch_of(0, 1, 10, Outcome::Created);
    ChainRecord stray;
    stray.batch = 5;
    CHECK_FALSE(journal.save(&batch, std::array{stray}, {}));
    CHECK_FALSE(*journal.batch(0));
  });
}

TEST_CASE("a journal visits its batches in order, and lets itself be used meanwhile") {
  with_each_journal([](JobJournal& journal) {
    for (std::uint64_t seq : {2u, 0u, 1u}) {
      const BatchRecord batch = batch_of(seq, 1 + seq * 10, 10, Outcome::Created);
      REQUIRE(journal.save(&batch, {}, {}));
    }
    std::vector<std::uint64_t> seen;
    REQUIRE(journal.for_each_batch([&](const BatchRecord& batch) {
      seen.push_back(batch.seq);
      CHECK(journal.save(&batch, {}, {}));
      return seen.size() < 2;
    }));
    CHECK(seen == std::vector<std::uint64_t>{0, 1});
  });
}

TEST_CASE("more outcomes than rows are an error of every journal") {
  with_each_journal([](JobJournal& journal) {
    const BatchRecord batch = batch_of(0, 1, 31, Outcome::Created);
    REQUIRE(journal.save(&batch, {}, {}));
    CHECK_FALSE(journal.counts());
  });
}

TEST_CASE("a check's jobs are in memory only, and what real jobs sent is known to it") {
  const TemporaryDirectory root;
  auto real = open_ledger(root.path());
  REQUIRE(real->jobs().create(job_named("real", 5)));
  const BatchRecord sent = batch_of(0, 1, 5, Outcome::Created);
  REQUIRE(journal_of(*real, "real")->save(&sent, {}, {}));

  MemoryLedger ledger(*real);
  const JobInfo job = job_named("check", 5);
  REQUIRE(ledger.jobs().create(job)->lock);
  CHECK_FALSE(ledger.jobs().create(job));
  const auto journal = journal_of(ledger, "check");
  BatchRecord batch = batch_of(0, 1, 5, Outcome::Rejected);
  REQUIRE(journal->save(&batch, {}, {}));
  CHECK((*ledger.jobs().counts("check"))[Outcome::Rejected] == 5);
  // It counts, and keeps nothing; so a batch cannot come twice, and no request can be out.
  CHECK_FALSE(*journal->batch(0));
  CHECK_FALSE(journal->save(&batch, {}, {}));
  CHECK_FALSE(journal->save(nullptr, std::array{ChainRecord{}}, {}));
  CHECK((*ledger.jobs().counts("check"))[Outcome::Rejected] == 5);
  CHECK(ledger.jobs().all()->size() == 1);
  CHECK(*ledger.sent().sent_before(job));
  REQUIRE(ledger.jobs().forget("check"));
  CHECK_FALSE(*ledger.jobs().find("check"));
  CHECK_FALSE(ledger.jobs().journal("check"));
  CHECK(real->jobs().all()->size() == 1);
}
