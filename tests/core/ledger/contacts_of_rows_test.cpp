#include "core/ledger/contacts_of_rows.h"

#include <doctest/doctest.h>

#include <array>
#include <fstream>

#include "tests/core/ledger/memory_journal.h"
#include "core/ledger/packing/packed_batch.h"
#include "core/ledger/sqlite/migrations.h"
#include "core/ledger/sqlite/ledger_file.h"
#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

namespace {

/// Rows 1 to 3 of one, three and two contacts.
BatchRecord people(std::uint64_t seq = 0) {
  BatchRecord batch = batch_of(seq, 1, 6, Outcome::Pending);
  batch.lines = {2, 3, 4};
  batch.parts = {1, 3, 2};
  return batch;
}

std::string texts(const std::vector<RowId>& ids) {
  std::string text;
  for (const RowId id : ids) text += (text.empty() ? "" : " ") + id.text();
  return text;
}

std::vector<RowOutcome> outcomes(std::initializer_list<Outcome> list) {
  std::vector<RowOutcome> all;
  for (const auto outcome : list) all.push_back({outcome, "", "", "", ""});
  return all;
}

Outcome row_outcome(std::initializer_list<Outcome> list, Pending pending = Pending::IsOpen) {
  const auto all = outcomes(list);
  return all[most_serious(all, pending)].outcome;
}

}  // namespace

TEST_CASE("contacts of a row have letters, the only one of a row has none") {
  CHECK(texts(row_ids(people())) == "1 2a 2b 2c 3a 3b");
  CHECK(texts(row_ids(batch_of(0, 7, 3, Outcome::Created))) == "7 8 9");
  CHECK(RowId(17, 26).text() == "17z");
  for (const RowId id : {RowId(17), RowId(17, 1), RowId(17, 26), RowId(1ull << 40, 3)}) CHECK(RowId::of_code(id.code()) == id);
}

TEST_CASE("a row that has anything open is open, whatever else it has") {
  using enum Outcome;
  for (const Outcome other : {Created, Updated, Unchanged, Accepted, Rejected, Skipped, Failed, Unknown}) {
    CHECK(row_outcome({other, Pending}) == Pending);
    if (other != Failed) CHECK(row_outcome({Failed, other}) == Failed);
  }
  CHECK(row_outcome({Rejected, Unknown, Created}) == Unknown);
  CHECK(row_outcome({Created, Rejected}) == Rejected);
  CHECK(row_outcome({Skipped, Unchanged, Updated}) == Updated);
  CHECK(row_outcome({Skipped, Rejected}) == Rejected);
  CHECK(row_outcome({Unchanged, Updated, Created}) == Created);
  // In a check pending means: good.
  CHECK(row_outcome({Pending, Rejected}, ledger::Pending::IsReady) == Rejected);
  CHECK(row_outcome({Skipped, Pending}, ledger::Pending::IsReady) == Pending);
}

TEST_CASE("a batch of several contacts a row is counted by rows and comes back whole, from file and memory") {
  const TemporaryDirectory root;
  auto opened = open_ledger(root.path());
  REQUIRE(opened->jobs().create(job_named("j", 3)));
  const auto file = journal_of(*opened, "j");
  MemoryJournal memory(job_named("j", 3));
  for (JobJournal* journal : std::initializer_list<JobJournal*>{file.get(), &memory}) {
    BatchRecord batch = people();
    batch.rows = outcomes({Outcome::Created, Outcome::Created, Outcome::Rejected, Outcome::Created, Outcome::Created, Outcome::Pending});
    batch.warnings = {{RowId(1), "a.b", "f", "of one"}, {RowId(2, 3), "c.d", "", "of the third"}};
    const std::array chains = {ChainRecord{.batch = 0, .chain = 1, .rows = {5}, .phase = ChainPhase::Sending, .state = {}}};
    REQUIRE(journal->save(&batch, chains, {}));
    CHECK(**journal->batch(0) == batch);
    CHECK((**journal->batch(0)).warnings[1].row.text() == "2c");
    REQUIRE(journal->chains()->size() == 1);
    CHECK(journal->chains()->front().rows.front() == 5);
    auto counts = *journal->counts();
    CHECK(counts[Outcome::Created] == 1);
    CHECK(counts[Outcome::Rejected] == 1);
    CHECK(counts[Outcome::Pending] == 1);
    CHECK(counts.sum() == 3);
    batch.rows[5].outcome = Outcome::Unchanged;
    REQUIRE(journal->save(&batch, {}, {}));
    counts = *journal->counts();
    CHECK(counts[Outcome::Created] == 2);
    CHECK(counts.sum() == 3);
    const BatchRecord other = batch_of(0, 1, 3, Outcome::Created);
    CHECK_FALSE(journal->save(&other, {}, {}));
  }
}

TEST_CASE("a batch whose parts are not those of its contacts is refused") {
  for (const auto& parts : {std::vector<std::uint8_t>{1, 3}, {1, 3, 1}, {0, 3, 3}, {1, 1, 27}}) {
    BatchRecord batch = people();
    batch.parts = parts;
    CHECK_FALSE(pack_outcomes_of(batch));
  }
  BatchRecord batch = people();
  batch.warnings = {{RowId(1, 1), "a.b", "", "of a letter that the row does not have"}};
  CHECK_FALSE(pack_outcomes_of(batch));
}

TEST_CASE("a contact that was delivered beside one that was not counts as sent") {
  const TemporaryDirectory root;
  auto opened = open_ledger(root.path());
  JobInfo job = job_named("j", 1);
  REQUIRE(opened->jobs().create(job));
  BatchRecord batch = batch_of(0, 1, 2, Outcome::Created);
  batch.lines = {2};
  batch.parts = {2};
  batch.rows[1] = {Outcome::Rejected, "phone.too_short", "phone", "", "too short"};
  REQUIRE(journal_of(*opened, "j")->save(&batch, {}, {}));
  JobInfo later = job_named("later", 1);
  CHECK(*opened->sent().sent_before(later));
  std::vector<Fingerprint> sent;
  REQUIRE(opened->sent().for_each_sent(later, 0, [&](const Fingerprint& content, bool delivered) {
    CHECK(delivered);
    sent.push_back(content);
  }));
  CHECK(sent == std::vector{batch.content[0]});
}

TEST_CASE("a ledger from before several contacts a row is brought to these tables") {
  const TemporaryDirectory root;
  {
    std::ofstream(ledger_file(root.path())).close();
    auto database = Database::open(ledger_file(root.path()));
    REQUIRE(database);
    for (const auto& migration : migrations().first(2)) REQUIRE(database->execute(migration.sql));
    const std::string marks = "PRAGMA application_id = " + std::to_string(kApplicationId) + "; PRAGMA user_version = 2";
    REQUIRE(database->execute(marks.c_str()));
    REQUIRE(database->execute("INSERT INTO job VALUES (1, 'old', 'stopped', 6, 0, 0, 2, 0, 0, 0, 0, 0, 'truedy', '1', 'a', 'p', 'n', '', 's', "
                              "'', '', '', '', '', '', '')"));
    const BatchRecord batch = batch_of(0, 1, 2, Outcome::Created);
    const auto packed = *pack_outcomes_of(batch);
    const auto fixed = pack_fixed(batch);
    auto insert = database->prepare("INSERT INTO batch VALUES (1, 1, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, ?1)");
    REQUIRE(insert);
    REQUIRE(insert->with(Blob{packed.outcomes}).run());
    auto once = database->prepare("INSERT INTO batch_fixed VALUES (1, ?1, ?2, ?3, ?4)");
    REQUIRE(once);
    REQUIRE(once->with(Blob{fixed[Fixed::Lines]}, Blob{fixed[Fixed::Warnings]}, Blob{fixed[Fixed::Identity]}, Blob{fixed[Fixed::Content]}).run());
    REQUIRE(database->execute("INSERT INTO chain VALUES (1, 0, 0, 0, 0, 0, 0, 1, 0, 0, x'', x'', 1)"));
    REQUIRE(database->execute("DELETE FROM chain"));
  }
  auto opened = open_ledger(root.path());
  const auto journal = journal_of(*opened, "old");
  CHECK(**journal->batch(0) == batch_of(0, 1, 2, Outcome::Created));
  const BatchRecord next = people(1);
  BatchRecord shifted = next;
  shifted.first_row = 3;
  REQUIRE(journal->save(&shifted, std::array{ChainRecord{.batch = 1, .chain = 0, .rows = {4}, .state = {}}}, {}));
  CHECK(journal->chains()->front().rows.front() == 4);
  REQUIRE(opened->jobs().forget("old"));
}
